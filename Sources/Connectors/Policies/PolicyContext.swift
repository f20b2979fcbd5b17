internal import Definitions
internal import HTTPMessages
internal import OrderedJSON

/// What a policy may look at besides the message that it changes.
struct PolicyContext: Sendable {
  var connector: Connector
  var operation: ConnectorOperation
  var program: PolicyProgram
  var connection: ConnectionValues
  /// Answers to the look-ups that policies asked for, in order.
  var lookups: [HTTPResponse] = []
  /// The answer of the token request of a script's replacement.
  var token: JSON?

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
