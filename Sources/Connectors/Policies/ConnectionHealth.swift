package import Definitions

/// Tells from an answer whether a connection is broken and somebody must sign in again.
///
/// Source: connector format reference, section (f), setconnectionstatustounauthenticated.
package enum ConnectionHealth {
  package static func isBroken(
    by status: Int,
    of operation: ConnectorOperation,
    in connector: Connector
  ) -> Bool {
    connector.policies.contains { policy in
      policy.template == "setconnectionstatustounauthenticated"
        && policy.applies(to: operation.id)
        && policy.text("statusCode").flatMap { Int($0) } == status
    }
  }
}
