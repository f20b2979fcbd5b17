package import OrderedJSON

/// Inputs of an action that names its operation by method and path.
///
/// Source: connector format reference, section (b), how callers name inputs (ApiConnection).
package struct PathCall: Sendable {
  package var method: String
  /// Below the base path, with encoded values.
  package var path: String
  package var queries: JSONObject
  package var headers: JSONObject
  package var body: JSON?

  package init(
    method: String,
    path: String,
    queries: JSONObject = JSONObject(),
    headers: JSONObject = JSONObject(),
    body: JSON? = nil
  ) {
    self.method = method
    self.path = path
    self.queries = queries
    self.headers = headers
    self.body = body
  }
}
