import OrderedJSON

/// Puts a text in the place of what is written there.
///
/// Of a string that was begun only the inside is replaced: some editors compare what they insert with
/// the word at the cursor, and leave a quote behind it alone.
///
/// Source: Language Server Protocol 3.17, section Completion Request (textEdit, additionalTextEdits).
struct CompletionEdit {
  let json: JSON
  /// What is inserted behind a closing quote, such as the colon of a new member.
  let rest: JSON?
  let isInside: Bool

  init(_ text: String, _ range: Range<Int>, in document: TextDocument) {
    let quote = UInt8(ascii: "\"")
    let written = document.bytes[range]
    isInside = written.first == quote && text.hasPrefix("\"")
    guard isInside else {
      json = Self.edit(text, range, document)
      rest = nil
      return
    }
    let isClosed = written.count > 1 && written.last == quote
    let inside = range.lowerBound + 1..<(isClosed ? range.upperBound - 1 : range.upperBound)
    let new = text.dropFirst()
    guard isClosed, let end = Self.closingQuote(in: new) else {
      json = Self.edit(String(new), inside, document)
      rest = nil
      return
    }
    let more = String(new[new.index(after: end)...])
    json = Self.edit(String(new[..<end]), inside, document)
    rest = more.isEmpty ? nil : Self.edit(more, range.upperBound..<range.upperBound, document)
  }

  private static func closingQuote(in text: Substring) -> String.Index? {
    var isEscaped = false
    return text.indices.first { index in
      defer { isEscaped = !isEscaped && text[index] == "\\" }
      return text[index] == "\"" && !isEscaped
    }
  }

  private static func edit(_ text: String, _ range: Range<Int>, _ document: TextDocument) -> JSON {
    ["range": document.range(of: range), "newText": .string(text)]
  }
}
