/// One piece of a custom date pattern.
enum DatePatternToken {
  case literal(String)
  /// A letter with how often it stands there.
  case field(Unicode.Scalar, Int)

  /// Takes the next piece; `nil` when the pattern is not valid there.
  static func take(from rest: inout ArraySlice<Unicode.Scalar>) -> DatePatternToken? {
    guard let first = rest.popFirst() else { return nil }
    switch first {
    case "'", "\"": return quoted(by: first, &rest)
    case "\\": return rest.popFirst().map { .literal(String($0)) }
    case "%":
      guard let next = rest.popFirst(), next != "%" else { return nil }
      return isField(next) ? .field(next, 1) : .literal(String(next))
    default:
      guard isField(first) else { return .literal(String(first)) }
      let count = 1 + rest.prefix { $0 == first }.count
      rest.removeFirst(count - 1)
      return .field(first, count)
    }
  }

  /// Whether a pattern holds the day of the month, beside which months take their genitive.
  static func namesDay(_ pattern: String) -> Bool {
    var rest = Array(pattern.unicodeScalars)[...]
    while !rest.isEmpty {
      guard let token = take(from: &rest) else { return false }
      if case .field("d", 1...2) = token { return true }
    }
    return false
  }

  private static func quoted(
    by quote: Unicode.Scalar,
    _ rest: inout ArraySlice<Unicode.Scalar>
  ) -> DatePatternToken? {
    var text = String.UnicodeScalarView()
    while let next = rest.popFirst() {
      if next == quote { return .literal(String(text)) }
      if next == "\\" {
        guard let escaped = rest.popFirst() else { return nil }
        text.append(escaped)
      } else {
        text.append(next)
      }
    }
    return nil
  }

  private static func isField(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "d", "M", "y", "h", "H", "m", "s", "f", "F", "t", "z", "K", "g", ":", "/": true
    default: false
    }
  }
}
