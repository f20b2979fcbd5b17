package import Definitions
package import HTTPMessages

/// What a policy may look at besides the message that it changes.
package struct PolicyContext: Sendable {
  package var connector: Connector
  package var operation: ConnectorOperation
  package var connection: ConnectionValues
  /// Answers to the look-ups that policies asked for, in order.
  package var lookups: [HTTPResponse]

  package init(
    connector: Connector,
    operation: ConnectorOperation,
    connection: ConnectionValues,
    lookups: [HTTPResponse] = []
  ) {
    self.connector = connector
    self.operation = operation
    self.connection = connection
    self.lookups = lookups
  }

  func scope(of draft: RequestDraft) -> PolicyScope {
    PolicyScope(
      connection: connection,
      parameterSet: connector.parameterSet(connection.parameterSet),
      headers: draft.headers,
      query: draft.query,
      pathValues: draft.pathValues,
      body: draft.json
    )
  }

  func scope(of response: ResponseDraft, to request: RequestDraft) -> PolicyScope {
    PolicyScope(
      connection: connection,
      parameterSet: connector.parameterSet(connection.parameterSet),
      headers: response.headers,
      query: request.query,
      pathValues: request.pathValues,
      body: response.json
    )
  }
}
