package import Connectors
package import Definitions
package import Diagnostics
package import Seams
import Synchronization

/// A connection in use: its connector and its values in clear, kept in memory only.
package final class ActiveConnection: Sendable {
  package let name: String
  package let connector: Connector
  package let values: ConnectionValues
  package let limit: CallLimit?
  private let calls = Mutex<[String: ConnectorCall]>([:])

  package init(name: String, connector: Connector, values: ConnectionValues, limit: CallLimit?) {
    self.name = name
    self.connector = connector
    self.values = values
    self.limit = limit
  }

  /// The prepared call of an operation, made once.
  ///
  /// - Throws: C0002 with the nearest name when the connector has no such operation.
  package func call(_ operation: String) throws(Diagnostic) -> ConnectorCall {
    if let known = calls.withLock({ $0[operation] }) { return known }
    guard let found = connector.operation(operation) else {
      let names = connector.operations.map(\.id)
      let nearest = NearestName.suggestion(for: operation, among: names)
      throw Diagnostic(
        .unknownOperation,
        "'\(connector.name)' has no operation '\(operation)'",
        hint: nearest.map { "did you mean '\($0)'?" }
          ?? "'weir connector show \(connector.name)' lists its operations"
      )
    }
    let call = ConnectorCall(connector: connector, operation: found).bound(to: values)
    calls.withLock { $0[operation] = call }
    return call
  }
}
