package import OrderedJSON
package import Seams

/// A connection as `flows/connections.json` declares it; secrets are references to app settings.
package struct ConnectionDeclaration: Sendable {
  package enum Limit: Hashable, Sendable {
    /// What the connector states.
    case ofConnector
    case off
    case calls(CallLimit)
  }

  package var name: String
  package var connector: String
  package var parameterSet: String?
  /// Values by connection parameter; strings may hold `@appsetting('NAME')`.
  package var parameters: JSONObject
  package var limit: Limit

  package init(
    name: String,
    connector: String,
    parameterSet: String? = nil,
    parameters: JSONObject,
    limit: Limit = .ofConnector
  ) {
    self.name = name
    self.connector = connector
    self.parameterSet = parameterSet
    self.parameters = parameters
    self.limit = limit
  }
}
