extension PathCall {
  /// The path with a plain value in place of each `@{…}`, to find its operation before a run.
  ///
  /// `nil` when the path as a whole is an expression, so that nothing is known about it.
  package var checkablePath: String? {
    guard path.first != "@" || path.hasPrefix("@{") else { return nil }
    var text = ""
    var rest = Substring(path)
    while let start = rest.firstRange(of: "@{") {
      text += rest[..<start.lowerBound] + "0"
      guard let end = Self.endOfExpression(rest[start.upperBound...]) else { return nil }
      rest = rest[end...]
    }
    return text + rest
  }

  /// What follows the closing brace; braces inside quotes do not count.
  private static func endOfExpression(_ text: Substring) -> Substring.Index? {
    var isQuoted = false
    var depth = 1
    for (index, character) in zip(text.indices, text) {
      switch character {
      case "'": isQuoted.toggle()
      case "{" where !isQuoted: depth += 1
      case "}" where !isQuoted: depth -= 1
      default: break
      }
      if depth == 0 { return text.index(after: index) }
    }
    return nil
  }
}
