import HTTPMessages
import Diagnostics
import OrderedJSON

/// An object that carries content of another type: `{ "$content-type", "$content" }`.
///
/// Source: workflow language reference, section b.3.
struct ContentEnvelope {
  let contentType: String
  /// Base64, as received.
  let content: String

  static let binaryType = "application/octet-stream"
  static let xmlType = "application/xml;charset=utf-8"

  init(contentType: String, content: String) {
    self.contentType = contentType
    self.content = content
  }

  init(contentType: String, bytes: some Collection<UInt8>) {
    self.init(contentType: contentType, content: Base64.encode(Array(bytes)))
  }

  /// `nil` for an object that is no envelope.
  init?(_ object: JSONObject) {
    guard let contentType = object["$content-type"]?.stringValue,
      let content = object["$content"]?.stringValue
    else { return nil }
    self.init(contentType: contentType, content: content)
  }

  var json: JSON {
    .object(["$content-type": .string(contentType), "$content": .string(content)])
  }

  /// The decoded content.
  ///
  /// Throws E0305.
  func bytes() throws(ExpressionError) -> [UInt8] {
    guard let bytes = Base64.decodeLeniently(content) else {
      throw ExpressionError(
        .invalidContent,
        "the '$content' of type '\(MediaType.shown(contentType))' is not valid Base64"
      )
    }
    return bytes
  }

  /// The content in its character set, UTF-8 unless the type says otherwise.
  ///
  /// Throws E0305.
  func text() throws(ExpressionError) -> String {
    let type = try MediaType(contentType)
    return try CharacterSetName.decode(bytes(), name: type.charset)
  }

  /// Whether the content is XML, by its type.
  var isXML: Bool {
    guard let type = try? MediaType(contentType) else { return false }
    let essence = type.essence.lowercased()
    return essence == "application/xml" || essence == "text/xml" || essence.hasSuffix("+xml")
  }
}
