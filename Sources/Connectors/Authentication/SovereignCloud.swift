internal import Definitions

/// The clouds of Azure that are kept apart from the public one.
///
/// The vendor does not offer the connectors of Azure Communication Services there.
///
/// Source: Azure Communication fact sheet, section 9 (seed 002).
package enum SovereignCloud: String, Sendable {
  case government = "Azure Government"
  case china = "Azure China"

  /// The cloud that an endpoint among the values of a connection is in; `nil` for the public one.
  package init?(of values: ConnectionValues) {
    let hosts = values.values.values.compactMap { value in
      (try? AzureConnectionString(value))?.endpoint.host
        ?? (try? EndpointBinder.address(value, ""))?.host
    }
    if hosts.contains(where: { $0.hasSuffix(".azure.us") }) {
      self = .government
    } else if hosts.contains(where: { $0.hasSuffix(".azure.cn") }) {
      self = .china
    } else {
      return nil
    }
  }
}
