package import Diagnostics
package import HTTPMessages
package import OrderedJSON

/// What a Response action sends to whoever called the flow.
///
/// Source: workflow language reference, section d.4 (Response, body encoding).
package enum ResponseMessage {
  /// The message of a Response's outputs, `{statusCode, headers, body}`.
  ///
  /// Headers that cannot be sent, or that are the server's own business, are left out.
  ///
  /// - Throws: C0005 or C0201 when the body cannot be written.
  package static func response(from outputs: JSON) throws(Diagnostic) -> HTTPResponse {
    let body = try HTTPActionBody(outputs["body"] ?? .null)
    let status = outputs["statusCode"]?.integerValue ?? 200
    var response = HTTPResponse(status: Int(clamping: status), body: body.bytes)
    for member in outputs["headers"]?.objectValue?.members ?? [] {
      let value = MediaType.trimmed(ParameterText.text(member.value))
      guard FieldText.isName(member.key), FieldText.isValue(value), !isServers(member.key) else {
        continue
      }
      response.headers[member.key] = value
    }
    if response.headers["Content-Type"] == nil, let type = body.contentType {
      response.headers["Content-Type"] = type
    }
    return response
  }

  /// A text as it may stand in a header: what cannot is percent-encoded.
  package static func fieldValue(_ text: String) -> String {
    FieldText.isValue(text) ? text : PercentEncoding.encode(text)
  }

  private static func isServers(_ name: String) -> Bool {
    let lowered = name.lowercased()
    if lowered == "set-cookie" || lowered == "last-modified" || lowered == "expires" {
      return false
    }
    return ["connection", "keep-alive", "date", "server"].contains(lowered)
      || HTTPActionRequest.isDropped(name)
  }
}
