package import Definitions
package import HTTPMessages

/// A request in the making: its address, path and query stay apart for credentials and policies.
///
/// Source: connector format reference, section (e), pipeline order.
package struct RequestDraft: Sendable {
  package var operationID: String
  package var method: String
  package var base: ServiceAddress
  /// Below the base address, encoded, starting with a slash.
  package var path: String
  package var query: [QueryItem]
  package var headers: HTTPFields
  package var body: DraftBody
  /// The encoded values of the path's variables.
  package var pathValues: [(name: String, value: String)]

  /// The request as it goes over the wire.
  package var request: HTTPRequest {
    let path = base.basePath.isEmpty ? path : base.basePath + path
    var target = path.isEmpty ? "/" : path
    if let first = query.first {
      target = String(joining: target, "?", first.encoded)
      for other in query.dropFirst() { target += "&" + other.encoded }
    }
    return HTTPRequest(
      method: method,
      scheme: base.scheme,
      authority: base.authority,
      target: target,
      headers: wireHeaders,
      body: body.bytes
    )
  }

  /// Definitions name headers such as `Account Id`, which policies read but no wire can carry.
  private var wireHeaders: HTTPFields {
    guard headers.fields.contains(where: { !FieldText.isName($0.name) }) else { return headers }
    return HTTPFields(headers.fields.filter { FieldText.isName($0.name) })
  }
}
