/// Why a text is not JSON, and where.
package struct JSONParseError: Error, Hashable, Sendable {
  package enum Reason: Hashable, Sendable {
    case empty
    case tooLarge(limit: Int)
    case tooDeep(limit: Int)
    case unexpectedEnd(expected: String)
    case unexpected(found: String, expected: String)
    case trailingComma(before: String)
    case invalidNumber(String)
    case invalidEscape(String)
    case invalidUTF8
    case controlCharacter(UInt8)
    case unterminatedString
    case trailingText
    /// Of the recovering reader only, like all that follow.
    case comment
    case noBreakSpace
    case singleQuotes
    case typographicQuotes
    case unescapedQuote
    case unquoted
    case wrongWord(String, instead: String)
    case missingBracket(String, openedOn: Int)
    case strayBracket(String)
  }

  package var reason: Reason
  /// Where the problem is, in bytes from the start of the text, a byte order mark included.
  package var offset: Int

  package init(_ reason: Reason, at offset: Int) {
    self.reason = reason
    self.offset = offset
  }

  /// What is wrong, in lower case without a period.
  package var message: String {
    switch reason {
    case .empty: "the text is empty where a JSON value is expected"
    case .tooLarge(let limit): "the text is larger than the limit of \(limit) bytes"
    case .tooDeep(let limit): "arrays and objects nest deeper than the limit of \(limit)"
    case .unexpectedEnd(let expected): "the text ends where \(expected) is expected"
    case .unexpected(let found, let expected): "found \(found) where \(expected) is expected"
    case .trailingComma(let closer): "a comma stands before '\(closer)'"
    case .invalidNumber(let why): "this is not a JSON number: \(why)"
    case .invalidEscape(let text): "'\(text)' is no JSON escape sequence"
    case .invalidUTF8: "these bytes are not valid UTF-8"
    case .controlCharacter(let byte):
      "a string contains the control character U+00\(hexadecimal(byte))"
    case .unterminatedString: "this string has no closing quote"
    case .trailingText: "text follows the end of the JSON value"
    case .comment: "JSON has no comments"
    case .noBreakSpace: "a no-break space stands between two values"
    case .singleQuotes: "this string is in single quotes"
    case .typographicQuotes: "this string is in typographic quotes"
    case .unescapedQuote: "this quote ends the string early"
    case .unquoted: "this text is not in double quotes"
    case .wrongWord(let word, _): "'\(word)' is no JSON value"
    case .missingBracket(let closer, let line):
      "'\(closer)' is missing before this place, for what line \(line) opens"
    case .strayBracket(let closer): "this '\(closer)' closes nothing"
    }
  }

  /// What to do about it.
  package var hint: String {
    switch reason {
    case .empty: "write a value, for example {}"
    case .tooLarge: "split the document or raise the limit"
    case .tooDeep: "flatten the document"
    case .unexpectedEnd: "check for a missing bracket, brace or quote"
    case .unexpected: "check for a missing comma, colon or quote just before this place"
    case .trailingComma: "remove the comma"
    case .invalidNumber: "write numbers like 0, -12, 3.5 or 1e9, or put the text in quotes"
    case .invalidEscape:
      "write \\\\ for a backslash; valid are \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX"
    case .invalidUTF8: "save the file as UTF-8"
    case .controlCharacter: "write it as an escape such as \\n, \\t or \\u001F"
    case .unterminatedString: "add the closing quote on the same line"
    case .trailingText: "remove what follows, or check for a bracket that closes too early"
    case .comment: "remove it; a definition and its actions may have a \"description\" instead"
    case .noBreakSpace:
      "replace all of them by plain spaces; they come from web pages and documents"
    case .singleQuotes: "write \"…\"; single quotes are for the texts inside expressions"
    case .typographicQuotes: "write \"…\"; word processors replace straight quotes"
    case .unescapedQuote: "write \\\", or single quotes for the texts inside expressions"
    case .unquoted: "put it between double quotes, and check that none of them is missing"
    case .wrongWord(_, let instead): "write \(instead)"
    case .missingBracket(let closer, _): "add '\(closer)'"
    case .strayBracket: "remove it, or check for one that closes too early above"
    }
  }
}

/// Two upper-case hexadecimal digits.
func hexadecimal(_ byte: UInt8) -> String {
  let digits = String(byte, radix: 16, uppercase: true)
  return digits.count == 1 ? "0" + digits : digits
}
