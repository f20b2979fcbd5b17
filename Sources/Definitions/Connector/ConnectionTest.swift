package import OrderedJSON

/// The operation that shows whether a new connection works; a 2xx answer means that it does.
///
/// Source: connector format reference, section (d), `x-ms-capabilities`.
package struct ConnectionTest: Sendable {
  package var operationID: String
  package var parameters: JSONObject

  package init(operationID: String, parameters: JSONObject) {
    self.operationID = operationID
    self.parameters = parameters
  }
}
