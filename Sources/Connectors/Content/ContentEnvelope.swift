import HTTPMessages
package import OrderedJSON

/// Bytes with their media type, as flows carry them: `{"$content-type": …, "$content": base64}`.
///
/// Source: workflow language reference, content types; connector format reference, section (c).
package struct ContentEnvelope: Hashable, Sendable {
  package var contentType: String
  package var bytes: [UInt8]

  package init(contentType: String, bytes: [UInt8]) {
    self.contentType = contentType
    self.bytes = bytes
  }

  /// Reads an object with `$content` in base64; `nil` for any other value.
  package init?(_ value: JSON) {
    guard let object = value.objectValue, let text = object["$content"]?.stringValue,
      let bytes = Base64.decode(text)
    else { return nil }
    contentType = object["$content-type"]?.stringValue ?? "application/octet-stream"
    self.bytes = bytes
  }

  package var json: JSONObject {
    ["$content-type": .string(contentType), "$content": .string(Base64.encode(bytes))]
  }
}
