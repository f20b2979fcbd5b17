import HTTPMessages
import OrderedJSON

/// Bodies as tests write them: JSON as it is, text as text, other content in an envelope.
enum MockBody {
  /// The type to declare, `nil` to leave it as it is, and the bytes.
  static func content(of body: JSON, declared: String?) -> (type: String?, bytes: [UInt8]) {
    if let content = body["$content"]?.stringValue, let bytes = Base64.decodeLeniently(content) {
      let type = body["$content-type"]?.stringValue ?? "application/octet-stream"
      return (declared == nil ? type : nil, bytes)
    }
    let isJSON = declared?.lowercased().contains("json") ?? (body.stringValue == nil)
    if let text = body.stringValue, !isJSON {
      return (declared == nil ? "text/plain; charset=utf-8" : nil, Array(text.utf8))
    }
    return (declared == nil ? "application/json; charset=utf-8" : nil, body.bytes)
  }

  /// A body that was sent, as a test would write it.
  static func value(of bytes: [UInt8], type: String?) -> JSON {
    if let value = try? JSON(parsing: bytes), type?.lowercased().contains("json") ?? true {
      return value
    }
    if let text = String(validating: bytes, as: UTF8.self) { return .string(text) }
    return [
      "$content-type": .string(type ?? "application/octet-stream"),
      "$content": .string(Base64.encode(bytes)),
    ]
  }
}
