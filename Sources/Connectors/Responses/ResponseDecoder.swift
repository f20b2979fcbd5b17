package import Definitions
package import HTTPMessages
package import OrderedJSON

/// Turns a response into the outputs of an action; plain HTTP actions use it, too.
///
/// Source: connector format reference, section (c).
package struct ResponseDecoder: Sendable {
  /// What the definition says about the body, where the wire leaves room.
  package enum Expectation: Hashable, Sendable {
    case nothing
    case structure
    case binary
  }

  private let expectation: Expectation

  /// Decodes as the wire says.
  package init() { expectation = .nothing }

  /// Decodes with the schema of the operation's output as a hint.
  package init(operation: ConnectorOperation, of connector: Connector) {
    guard let schema = operation.outputSchema else {
      expectation = .nothing
      return
    }
    let resolved = connector.schemas.resolve(schema)
    let type = resolved["type"]?.stringValue ?? ""
    if type == "file" || resolved["format"]?.stringValue == "binary" {
      expectation = .binary
    } else {
      let isStructure = type == "object" || type == "array" || resolved["properties"] != nil
      expectation = isStructure ? .structure : .nothing
    }
  }

  /// The object `{statusCode, headers, body}`; no `body` when none was sent.
  package func outputs(of response: HTTPResponse) -> JSONObject {
    var outputs: JSONObject = [
      "statusCode": .integer(Int64(response.status)),
      "headers": .object(Self.headers(response.headers)),
    ]
    if let body = body(response.body, type: response.headers["Content-Type"]) {
      outputs["body"] = body
    }
    return outputs
  }

  /// Names as on the wire; repeated ones joined by a comma at the place of the first.
  package static func headers(_ fields: HTTPFields) -> JSONObject {
    var members: [JSONObject.Member] = []
    members.reserveCapacity(fields.fields.count)
    for field in fields.fields {
      guard let first = members.firstIndex(where: { $0.key.isSameFieldName(as: field.name) })
      else {
        members.append(JSONObject.Member(key: field.name, value: .string(field.value)))
        continue
      }
      let joined = (members[first].value.stringValue ?? "") + "," + field.value
      members[first].value = .string(joined)
    }
    return JSONObject(distinct: members)
  }

  /// The value of a body; `nil` for an empty one.
  package func body(_ bytes: [UInt8], type text: String?) -> JSON? {
    guard !bytes.isEmpty else { return nil }
    return body(bytes, type: text, depth: 0)
  }

  private func body(_ bytes: [UInt8], type text: String?, depth: Int) -> JSON {
    let type = MediaType(text ?? "")
    if type.isJSON || (type.essence.isEmpty && expectation == .structure) {
      return json(bytes, type) ?? fallback(bytes, type)
    }
    if type.isText, expectation != .binary || depth > 0 {
      return .string(CharacterEncoding.decode(bytes, label: type.parameter("charset")))
    }
    var envelope = ContentEnvelope(
      contentType: text ?? "application/octet-stream",
      bytes: bytes
    ).json
    if type.isForm {
      envelope["$formdata"] = .array(Self.pairs(bytes))
    } else if type.isMultipart, depth < 4, let parts = parts(bytes, type, depth) {
      envelope["$multipart"] = .array(parts)
    }
    return .object(envelope)
  }

  /// The value of a JSON text, in the encoding that its type names; `nil` when it is none.
  func json(_ bytes: [UInt8], _ type: MediaType) -> JSON? {
    if let value = try? JSON(parsing: bytes) { return value }
    let label = type.parameter("charset")
    guard let label, label.lowercased() != "utf-8" else { return nil }
    return try? JSON(parsing: CharacterEncoding.decode(bytes, label: label))
  }

  private func fallback(_ bytes: [UInt8], _ type: MediaType) -> JSON {
    guard !type.essence.isEmpty else {
      let envelope = ContentEnvelope(contentType: "application/octet-stream", bytes: bytes)
      return .object(envelope.json)
    }
    return .string(CharacterEncoding.decode(bytes, label: type.parameter("charset")))
  }

  private static func pairs(_ bytes: [UInt8]) -> [JSON] {
    QueryItem.parse(String(decoding: bytes, as: UTF8.self)).map { item in
      ["key": .string(item.name), "value": .string(item.value)]
    }
  }

  private func parts(_ bytes: [UInt8], _ type: MediaType, _ depth: Int) -> [JSON]? {
    guard let boundary = type.parameter("boundary"),
      let parts = MultipartReader.read(bytes, boundary: boundary)
    else { return nil }
    return parts.map { part in
      // A part without a type is text.
      let type = part.headers["Content-Type"] ?? "text/plain"
      return [
        "headers": .object(Self.headers(part.headers)),
        "body": part.body.isEmpty ? .string("") : body(part.body, type: type, depth: depth + 1),
      ]
    }
  }
}
