/// The words of a filter.
enum FilterToken: Hashable, Sendable {
  case word(String)
  case text(String)
  case open
  case close
}

/// Splits a filter into words, quoted texts and parentheses.
enum FilterLexer {
  /// A filter is typed by people; longer ones are mistakes.
  private static let longest = 2_000

  /// - Throws: `Problem` 400 for a filter that is too long or has an open quote.
  static func tokens(_ text: String) throws(Problem) -> [FilterToken] {
    guard text.utf8.count <= longest else { throw .filter("it is longer than \(longest) bytes") }
    var tokens: [FilterToken] = []
    var rest = text[...]
    while let first = rest.first {
      switch first {
      case " ", "\t": rest.removeFirst()
      case "(":
        tokens.append(.open)
        rest.removeFirst()
      case ")":
        tokens.append(.close)
        rest.removeFirst()
      case "'": tokens.append(.text(try quoted(&rest)))
      default:
        let word = rest.prefix { !" \t()'".contains($0) }
        rest = rest[word.endIndex...]
        // The old spelling of a time: datetime'2026-01-01T00:00:00Z'.
        if word.lowercased() == "datetime", rest.first == "'" { continue }
        tokens.append(.word(String(word)))
      }
    }
    return tokens
  }

  /// A quote inside is written twice.
  private static func quoted(_ rest: inout Substring) throws(Problem) -> String {
    rest.removeFirst()
    var text = ""
    while let first = rest.popFirst() {
      guard first == "'" else {
        text.append(first)
        continue
      }
      guard rest.first == "'" else { return text }
      text.append(rest.removeFirst())
    }
    throw .filter("a quote is not closed")
  }
}

extension Problem {
  static func filter(_ why: String) -> Problem {
    .badRequest(
      "InvalidFilter",
      "The filter cannot be used: \(why). Write for example \"status eq 'Failed' and "
        + "startTime ge 2026-01-31T00:00:00Z\"."
    )
  }
}
