import Diagnostics
import OrderedJSON

/// The bytes of an Http action's body and the type that goes with them.
///
/// Source: workflow language reference, section d.4 (body encoding).
struct HTTPActionBody {
  var bytes: [UInt8] = []
  var contentType: String?

  init(_ value: JSON) throws(Diagnostic) {
    switch value {
    case .null: break
    case .string(let text):
      bytes = Array(text.utf8)
      contentType = "text/plain; charset=utf-8"
    case .object(let object) where ContentKind.isEnvelope(object):
      try fill(from: object)
    default:
      bytes = value.bytes
      contentType = "application/json; charset=utf-8"
    }
  }

  private mutating func fill(from object: JSONObject) throws(Diagnostic) {
    let stated = object["$content-type"]?.stringValue
    if let parts = object["$multipart"]?.arrayValue {
      (contentType, bytes) = try EnvelopeWriter.multipart(parts, type: stated)
    } else if let pairs = object["$formdata"]?.arrayValue {
      bytes = EnvelopeWriter.form(pairs)
      contentType = stated ?? "application/x-www-form-urlencoded"
    } else if let envelope = ContentEnvelope(.object(object)) {
      bytes = envelope.bytes
      contentType = envelope.contentType
    } else {
      throw HTTPActionRequest.unusable(
        "the '$content' of its body is not base64",
        hint: "make binary content with base64ToBinary() or binary()"
      )
    }
  }
}
