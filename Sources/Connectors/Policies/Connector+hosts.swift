package import Definitions

extension Connector {
  /// Whether `allowedHosts` of `runtime.json` names the host.
  package func allows(host: String) -> Bool {
    runtime.allowedHosts.contains { HostGuard.matches(host.lowercased(), $0) }
  }
}
