/// A media type with its parameters: `text/plain; charset=utf-8`.
///
/// Source: RFC 9110 section 8.3.1.
package struct MediaType: Hashable, Sendable {
  /// `type/subtype` in lower case.
  package var essence: String
  package var parameters: [(name: String, value: String)]

  /// Those of nearly all answers of services, read once.
  private static let frequent = Dictionary(
    uniqueKeysWithValues: [
      "application/json; charset=utf-8", "application/json;charset=utf-8",
      "application/json; charset=UTF-8",
    ].map { ($0, MediaType(reading: $0)) }
  )

  package init(_ text: String) {
    self = Self.frequent[text] ?? MediaType(reading: text)
  }

  private init(reading text: String) {
    // Most types have no parameters.
    guard text.utf8.contains(UInt8(ascii: ";")) else {
      essence = Self.trimmed(text).lowercased()
      parameters = []
      return
    }
    var pieces = Self.split(text)
    essence = pieces.isEmpty ? "" : Self.trimmed(pieces.removeFirst()).lowercased()
    parameters = pieces.compactMap { piece in
      guard let equals = piece.firstIndex(of: "=") else { return nil }
      let value = Self.trimmed(piece[piece.index(after: equals)...])
      return (Self.trimmed(piece[..<equals]).lowercased(), Self.unquoted(value))
    }
  }

  package func parameter(_ name: String) -> String? {
    parameters.first { $0.name == name }?.value
  }

  package var isJSON: Bool {
    essence == "application/json" || essence == "text/json" || essence.hasSuffix("+json")
  }

  package var isText: Bool { essence.hasPrefix("text/") }
  package var isMultipart: Bool { essence.hasPrefix("multipart/") }
  package var isForm: Bool { essence == "application/x-www-form-urlencoded" }

  package static func == (left: MediaType, right: MediaType) -> Bool {
    left.essence == right.essence && left.parameters.elementsEqual(right.parameters, by: ==)
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(essence) }

  /// The pieces between semicolons that are not inside quotes.
  static func split(_ text: String) -> [Substring] {
    var pieces: [Substring] = []
    var start = text.startIndex
    var inQuotes = false
    for (index, byte) in zip(text.utf8.indices, text.utf8) {
      if byte == UInt8(ascii: "\"") { inQuotes.toggle() }
      guard byte == UInt8(ascii: ";"), !inQuotes else { continue }
      pieces.append(text[start..<index])
      start = text.utf8.index(after: index)
    }
    return pieces + [text[start...]]
  }

  static func trimmed(_ text: some StringProtocol) -> String {
    var bytes = Substring(text).utf8
    while let first = bytes.first, isSpace(first) { bytes.removeFirst() }
    while let last = bytes.last, isSpace(last) { bytes.removeLast() }
    return String(Substring(bytes))
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
  }

  static func unquoted(_ text: String) -> String {
    guard text.count >= 2, text.first == "\"", text.last == "\"" else { return text }
    var value = ""
    var isEscaped = false
    for character in text.dropFirst().dropLast() {
      if character == "\\", !isEscaped {
        isEscaped = true
      } else {
        value.append(character)
        isEscaped = false
      }
    }
    return value
  }
}

extension MediaType {
  /// As it stands in a header.
  package var text: String {
    parameters.reduce(essence) { text, parameter in
      let isToken = FieldText.isName(parameter.value)
      return text + "; \(parameter.name)="
        + (isToken ? parameter.value : "\"\(parameter.value)\"")
    }
  }
}
