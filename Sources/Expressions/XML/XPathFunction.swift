/// The core function library.
///
/// Source: W3C XPath 1.0, section 4.
enum XPathFunction: String {
  case last, position, count, id, name, string, concat, contains, substring, translate, boolean
  case not, lang, number, sum, floor, ceiling, round
  case isTrue = "true"
  case isFalse = "false"
  case localName = "local-name"
  case namespaceURI = "namespace-uri"
  case startsWith = "starts-with"
  case substringBefore = "substring-before"
  case substringAfter = "substring-after"
  case stringLength = "string-length"
  case normalizeSpace = "normalize-space"

  /// How many arguments it takes.
  var counts: ClosedRange<Int> {
    switch self {
    case .last, .position, .isTrue, .isFalse: 0...0
    case .name, .string, .localName, .namespaceURI, .stringLength, .normalizeSpace, .number: 0...1
    case .count, .id, .boolean, .not, .lang, .sum, .floor, .ceiling, .round: 1...1
    case .contains, .startsWith, .substringBefore, .substringAfter: 2...2
    case .substring: 2...3
    case .translate: 3...3
    case .concat: 2...Int.max
    }
  }
}
