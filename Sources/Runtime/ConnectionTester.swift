import Connectors
import Definitions
package import Diagnostics
import Engine

/// Finds out whether a connection works.
package struct ConnectionTester: Sendable {
  /// What was tried.
  package enum Finding: Hashable, Sendable {
    /// The connector's test operation answered with success.
    case operation(String)
    /// A token was got; the connector has no test operation.
    case token
    /// The connector offers nothing to try: the values have the right form.
    case values
  }

  private let connections: Connections
  private let performer: HTTPPerformer

  package init(connections: Connections) {
    self.connections = connections
    performer = HTTPPerformer(environment: connections.environment, connections: connections)
  }

  /// Gets a token when the connection uses one, and calls the connector's test operation.
  ///
  /// - Parameter connection: The connection, stored or not.
  /// - Returns: What was tried with success.
  /// - Throws: K0011 and K0019 when the service does not answer with success, and what getting a token throws.
  package func test(_ connection: ActiveConnection) async throws(Diagnostic) -> Finding {
    if let order = connection.order {
      connection.take(try await connections.token(order, connection, rejected: nil))
    }
    guard let test = connection.connector.connectionTest else {
      return connection.order == nil ? .values : .token
    }
    let outcome = try await performer.perform(
      call: try connection.call(test.operationID),
      parameters: test.parameters,
      connection: connection
    )
    try Self.check(outcome, test.operationID, connection)
    return .operation(test.operationID)
  }

  /// The status that a failed test gives to its connection.
  package static func status(after problem: Diagnostic) -> ConnectionRecord.Status {
    switch problem.code {
    case .missingToken, .signInRefused, .connectionRefused: .unauthenticated
    default: .error
    }
  }

  private static func check(
    _ outcome: AttemptResult.Outcome,
    _ operation: String,
    _ connection: ActiveConnection
  ) throws(Diagnostic) {
    switch outcome {
    case .failure(_, let message, _):
      throw failed(.connectionBroken, connection, "'\(operation)' got no answer: \(message)")
    case .refusal(_, let failure):
      throw failed(.connectionBroken, connection, "'\(operation)' was refused: \(failure.message)")
    case .response(let response) where !(200..<300).contains(response.statusCode):
      let isRefusal = [401, 403].contains(response.statusCode)
      throw failed(
        isRefusal ? .connectionRefused : .connectionBroken,
        connection,
        "'\(operation)' answered with status \(response.statusCode)"
      )
    case .response: return
    }
  }

  private static func failed(
    _ code: DiagnosticCode,
    _ connection: ActiveConnection,
    _ why: String
  ) -> Diagnostic {
    Diagnostic(
      code,
      "the connection '\(connection.name)' does not work: \(why)",
      hint: code == .connectionRefused
        ? "check the credentials, and the rights that they give"
        : "check the address and the other values"
    )
  }
}
