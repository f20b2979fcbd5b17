package import HTTPMessages
package import OrderedJSON

/// What a flow sees of a request that reached it.
///
/// Source: workflow language reference, section e.3.
package enum CallbackMessage {
  /// Query parameters that make up the address.
  private static let reserved: Set<String> = ["api-version", "sp", "sv", "sig"]

  /// `{headers, queries, relativePathParameters, body}`, without those that are empty.
  package static func outputs(
    of request: HTTPRequest,
    parameters: JSONObject = JSONObject(),
    keepsAuthorization: Bool = false
  ) throws(RequestTrigger.Refusal) -> JSONObject {
    var headers = request.headers
    if !keepsAuthorization { headers["Authorization"] = nil }
    let queries = queries(of: request)
    var outputs = JSONObject()
    if !headers.isEmpty { outputs["headers"] = .object(ResponseDecoder.headers(headers)) }
    if !queries.isEmpty { outputs["queries"] = .object(queries) }
    if !parameters.isEmpty { outputs["relativePathParameters"] = .object(parameters) }
    outputs["body"] = try body(of: request)
    return outputs
  }

  /// Repeated names are joined by a comma.
  private static func queries(of request: HTTPRequest) -> JSONObject {
    var queries = JSONObject()
    for item in QueryItem.parse(request.query) where !reserved.contains(item.name.lowercased()) {
      let earlier = queries[item.name]?.stringValue
      queries[item.name] = .string(earlier.map { "\($0),\(item.value)" } ?? item.value)
    }
    return queries
  }

  private static func body(of request: HTTPRequest) throws(RequestTrigger.Refusal) -> JSON? {
    let text = request.headers["Content-Type"]
    let type = MediaType(text ?? "")
    let decoder = ResponseDecoder()
    guard type.isJSON else { return decoder.body(request.body, type: text) }
    let isBlank = request.body.allSatisfy { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
    if isBlank { return nil }
    guard let value = decoder.json(request.body, type) else { throw .body }
    return value
  }
}
