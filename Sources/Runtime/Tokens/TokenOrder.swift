package import Connectors

/// Which token is wanted.
package struct TokenOrder: Sendable {
  /// Under which it is kept, such as `connection/acs`.
  package var key: String
  /// Differs when the values of the credential do, so that old tokens do not outlive them.
  package var fingerprint: String
  /// Whether it is kept in the store, for other processes and after a restart.
  package var isStored: Bool
  package var credential: TokenCredential

  package init(key: String, fingerprint: String, isStored: Bool, credential: TokenCredential) {
    self.key = key
    self.fingerprint = fingerprint
    self.isStored = isStored
    self.credential = credential
  }

  /// The same token, kept in memory and apart from what is stored, until it has proved itself.
  var onTrial: TokenOrder {
    var order = self
    order.key = "trial/\(key)"
    order.isStored = false
    return order
  }

  /// What is renewed once at a time.
  var identity: String { "\(key)\n\(fingerprint)" }
}
