package import Connectors
package import Definitions
package import Diagnostics
package import Seams
import Synchronization

/// A connection in use: its connector and its values in clear, kept in memory only.
package final class ActiveConnection: Sendable {
  package let name: String
  /// What its throttle window, its token and its row go by.
  package let key: String
  package let connector: Connector
  package let limit: CallLimit?
  /// The status on its record; `nil` for a declared connection.
  let status: ConnectionRecord.Status?
  /// The token that its requests carry; `nil` when they carry none.
  package let order: TokenOrder?
  private let written: ConnectionValues
  private let token = Mutex<String?>(nil)
  private let calls = Mutex<[String: ConnectorCall]>([:])

  package init(
    name: String,
    key: String? = nil,
    connector: Connector,
    values: ConnectionValues,
    limit: CallLimit?,
    status: ConnectionRecord.Status? = nil,
    order: TokenOrder? = nil
  ) {
    self.name = name
    self.key = key ?? name.lowercased()
    self.connector = connector
    self.limit = limit
    self.status = status
    self.order = order
    written = values
  }

  /// Its values with the newest token.
  package var values: ConnectionValues {
    var values = written
    if let token = token.withLock({ $0 }) { values.token = token }
    return values
  }

  func take(_ newToken: String) { token.withLock { $0 = newToken } }

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
    let call = ConnectorCall(connector: connector, operation: found, boundTo: values)
    calls.withLock { $0[operation] = call }
    return call
  }
}
