internal import Diagnostics
internal import HTTPMessages
internal import OrderedJSON

/// Writes `$multipart` and `$formdata` back into bytes.
///
/// Source: connector format reference, sections (b) and (c).
enum EnvelopeWriter {
  /// The media type and the bytes of an envelope of any kind.
  ///
  /// Content that another action received goes on unchanged, whatever it was split into.
  ///
  /// - Throws: C0005 when it cannot be written.
  static func message(_ object: JSONObject, of owner: String)
    throws(Diagnostic) -> (type: String, bytes: [UInt8])
  {
    let type = object["$content-type"]?.stringValue
    let isWhole = object["$content"] != nil
    if !isWhole, let parts = object["$multipart"]?.arrayValue {
      return try multipart(parts, type: type)
    }
    if !isWhole, let pairs = object["$formdata"]?.arrayValue {
      return (type ?? "application/x-www-form-urlencoded", form(pairs))
    }
    guard let envelope = ContentEnvelope(.object(object)) else {
      throw Diagnostic(
        .unusableParameterValue,
        "\(owner) has a '$content' that is not base64",
        hint: "use base64() or pass the '$content' object of another action on unchanged"
      )
    }
    return (envelope.contentType, envelope.bytes)
  }

  /// The media type with its boundary, and the message.
  ///
  /// - Throws: C0005 when a part is not an object with `body`.
  static func multipart(_ values: [JSON], type: String?) throws(Diagnostic)
    -> (type: String, bytes: [UInt8])
  {
    var parts: [MultipartPart] = []
    for (index, value) in values.enumerated() { parts.append(try part(value, index)) }
    let (boundary, bytes) = MultipartWriter.write(parts)
    let essence = type.map { MediaType($0).essence } ?? "multipart/form-data"
    return ("\(essence); boundary=\"\(boundary)\"", bytes)
  }

  private static func part(_ value: JSON, _ index: Int) throws(Diagnostic) -> MultipartPart {
    guard let body = value["body"] else {
      throw Diagnostic(
        .unusableParameterValue,
        "part \(index + 1) of '$multipart' has no 'body'",
        hint: "each part is an object with 'headers' and 'body'"
      )
    }
    var headers = HTTPFields()
    for member in value["headers"]?.objectValue?.members ?? [] {
      let text = ParameterText.text(member.value)
      guard FieldText.isName(member.key), FieldText.isValue(text) else {
        throw Diagnostic(
          .unusableParameterValue,
          "part \(index + 1) of '$multipart' has the unusable header '\(member.key)'",
          hint: "a header is one line"
        )
      }
      headers.append(member.key, text)
    }
    let (bytes, type) = content(body)
    if headers["Content-Type"] == nil, let type { headers["Content-Type"] = type }
    return MultipartPart(headers: headers, body: bytes)
  }

  /// The bytes of any value, and the media type when it is not plain text.
  static func content(_ value: JSON) -> (bytes: [UInt8], type: String?) {
    if let envelope = ContentEnvelope(value) { return (envelope.bytes, envelope.contentType) }
    switch value {
    case .object, .array: return (value.bytes, "application/json")
    default: return (Array(ParameterText.text(value).utf8), nil)
    }
  }

  /// The pairs of `$formdata`, url-encoded.
  static func form(_ pairs: [JSON]) -> [UInt8] {
    let texts = pairs.map { pair in
      let key = pair["key"].map(ParameterText.text) ?? ""
      let value = pair["value"].map(ParameterText.text) ?? ""
      return "\(ComponentEncoding.encodeForm(key))=\(ComponentEncoding.encodeForm(value))"
    }
    return Array(texts.joined(separator: "&").utf8)
  }
}
