/// Who sent a request, as far as the connection tells.
package struct ServiceClient: Hashable, Sendable {
  package enum Channel: Hashable, Sendable {
    /// Over TCP from an IP address in digits; empty when it is not known.
    case network(host: String)
    /// Through the socket in the file system, which only the user of this name may open.
    case socket(user: String)
  }

  package var channel: Channel
  /// Whether only this machine can reach the address that the server listens on.
  package var isListenerLoopback: Bool

  package init(_ channel: Channel, isListenerLoopback: Bool) {
    self.channel = channel
    self.isListenerLoopback = isListenerLoopback
  }

  /// What logs and limits go by.
  var name: String {
    switch channel {
    case .network(let host): host.isEmpty ? "unknown" : host
    case .socket(let user): user
    }
  }
}
