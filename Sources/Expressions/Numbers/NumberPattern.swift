/// One section of a custom number pattern.
///
/// Source: .NET custom numeric format strings.
struct NumberPattern {
  enum Piece: Hashable {
    case zero
    case digit
    case point
    case group
    case percent
    case permille
    case exponent(marker: Character, plus: Bool, digits: Int)
    case literal(String)
  }

  private(set) var pieces: [Piece] = []

  var isEmpty: Bool { pieces.isEmpty }

  /// The sections between semicolons, at least one.
  static func sections(of format: String) -> [NumberPattern] {
    var sections = [NumberPattern()]
    var rest = Array(format)[...]
    while let character = rest.popFirst() {
      if character == ";" {
        sections.append(NumberPattern())
      } else {
        sections[sections.count - 1].pieces.append(piece(character, &rest))
      }
    }
    return sections
  }

  private static func piece(_ character: Character, _ rest: inout ArraySlice<Character>) -> Piece {
    switch character {
    case "0": return .zero
    case "#": return .digit
    case ".": return .point
    case ",": return .group
    case "%": return .percent
    case "\u{2030}": return .permille
    case "\\": return .literal(rest.popFirst().map(String.init) ?? "")
    case "'", "\"":
      let text = rest.prefix { $0 != character }
      rest = rest.dropFirst(text.count + 1)
      return .literal(String(text))
    case "E", "e": return exponent(character, &rest) ?? .literal(String(character))
    default: return .literal(String(character))
    }
  }

  /// `E0`, `E+0` or `E-0`, with any number of zeros.
  private static func exponent(
    _ marker: Character,
    _ rest: inout ArraySlice<Character>
  ) -> Piece? {
    let hasSign = rest.first == "+" || rest.first == "-"
    let zeros = rest.dropFirst(hasSign ? 1 : 0).prefix { $0 == "0" }
    guard !zeros.isEmpty else { return nil }
    let plus = rest.first == "+"
    rest = rest.dropFirst(zeros.count + (hasSign ? 1 : 0))
    return .exponent(marker: marker, plus: plus, digits: zeros.count)
  }

  // MARK: Shape

  private var pointIndex: Int { pieces.firstIndex(of: .point) ?? pieces.count }

  private func isPlace(_ piece: Piece) -> Bool { piece == .zero || piece == .digit }

  private var wholePlaces: Int { pieces[..<pointIndex].count(where: isPlace) }
  private var fractionPlaces: Int { pieces[pointIndex...].count(where: isPlace) }

  /// How many digits before the point are written even when zero.
  private var requiredWhole: Int {
    let places = pieces[..<pointIndex].filter(isPlace)
    return places.firstIndex(of: .zero).map { places.count - $0 } ?? 0
  }

  /// How many digits after the point are written even when zero.
  private var requiredFraction: Int {
    let places = pieces[pointIndex...].filter(isPlace)
    return places.lastIndex(of: .zero).map { $0 + 1 } ?? 0
  }

  private var hasExponent: Bool {
    pieces.contains { if case .exponent = $0 { true } else { false } }
  }

  /// Commas between places group; commas just before the point divide by a thousand each.
  private var commas: (groups: Bool, thousands: Int) {
    let whole = pieces[..<pointIndex]
    guard let last = whole.lastIndex(where: isPlace), let first = whole.firstIndex(where: isPlace)
    else { return (false, 0) }
    let groups = whole[first..<last].contains(.group)
    return (groups, whole[last...].count { $0 == .group })
  }

  // MARK: Writing

  /// The number scaled and rounded to the places of the pattern.
  func rounded(_ number: DecimalDigits) -> DecimalDigits {
    var number = number
    number.exponent += 2 * pieces.count { $0 == .percent } + 3 * pieces.count { $0 == .permille }
    number.exponent -= 3 * commas.thousands
    if hasExponent {
      number.round(toSignificantDigits: max(1, wholePlaces + fractionPlaces))
    } else {
      number.round(toFractionDigits: fractionPlaces)
    }
    return number
  }

  func text(_ number: DecimalDigits, _ symbols: NumberSymbols) -> String {
    var shifted = number
    var exponent = 0
    if hasExponent, !number.isZero {
      exponent = number.magnitude - max(0, wholePlaces - 1)
      shifted.exponent -= exponent
    }
    let whole = wholeText(shifted, symbols)
    var writer = Writer(whole: whole, fraction: fraction(shifted), exponent: exponent)
    return writer.text(pieces, pointIndex, wholePlaces, symbols)
  }

  /// The digits before the point, each with the separator that follows it.
  private func wholeText(_ number: DecimalDigits, _ symbols: NumberSymbols) -> [String] {
    let significant = number.isZero || number.magnitude < 0 ? 0 : number.magnitude + 1
    let count = max(significant, requiredWhole)
    guard count > 0 else { return [] }
    let digits = stride(from: count - 1, through: 0, by: -1).map { number.digit(at: $0) }
    let groups = commas.groups
    return digits.enumerated().map { index, digit in
      let remaining = count - 1 - index
      let ends = groups && remaining > 0 && Self.endsGroup(remaining, symbols.groupSizes)
      return String(DigitLayout.character(digit)) + (ends ? symbols.groupSeparator : "")
    }
  }

  private static func endsGroup(_ remaining: Int, _ sizes: [Int]) -> Bool {
    var rest = remaining
    for (index, size) in sizes.enumerated() where size > 0 {
      if rest == size { return true }
      if rest < size { return false }
      rest -= size
      if index == sizes.count - 1 { return rest % size == 0 }
    }
    return false
  }

  private func fraction(_ number: DecimalDigits) -> [UInt8] {
    var digits = fractionPlaces > 0 ? (1...fractionPlaces).map { number.digit(at: -$0) } : []
    while digits.count > requiredFraction, digits.last == 0 { digits.removeLast() }
    return digits
  }

  /// Puts the digits into the places of the pattern.
  private struct Writer {
    var whole: [String]
    var fraction: [UInt8]
    let exponent: Int

    mutating func text(
      _ pieces: [Piece],
      _ pointIndex: Int,
      _ wholePlaces: Int,
      _ symbols: NumberSymbols
    ) -> String {
      var text = ""
      var places = wholePlaces
      for (index, piece) in pieces.enumerated() {
        switch piece {
        case .zero, .digit:
          if index < pointIndex {
            text += takeWhole(places)
            places -= 1
          } else if !fraction.isEmpty {
            text.append(DigitLayout.character(fraction.removeFirst()))
          }
        case .point:
          guard index == pointIndex else { continue }
          text += takeWhole(1)
          if !fraction.isEmpty { text += symbols.decimalSeparator }
        case .group: break
        case .percent: text += "%"
        case .permille: text += "\u{2030}"
        case .literal(let literal): text += literal
        case .exponent(let marker, let plus, let digits):
          text += exponentText(marker, plus, digits, symbols)
        }
      }
      return text
    }

    /// The first place takes all digits that have no place of their own.
    private mutating func takeWhole(_ places: Int) -> String {
      let count = max(0, whole.count - places + 1)
      let taken = whole.prefix(count).joined()
      whole.removeFirst(count)
      return taken
    }

    private func exponentText(
      _ marker: Character,
      _ plus: Bool,
      _ digits: Int,
      _ symbols: NumberSymbols
    ) -> String {
      let sign = exponent < 0 ? symbols.negativeSign : plus ? "+" : ""
      let text = String(exponent.magnitude)
      return String(marker) + sign + String(repeating: "0", count: max(0, digits - text.count))
        + text
    }
  }
}
