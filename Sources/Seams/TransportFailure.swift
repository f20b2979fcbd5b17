/// Why an HTTP request got no response.
package struct TransportFailure: Error, Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable {
    /// The host name does not resolve.
    case unknownHost
    /// Nothing accepted the connection, or it broke.
    case connection
    case timeout
    /// The certificate or the TLS handshake was refused.
    case tls
    /// The response exceeds the size limit.
    case tooLarge
    case cancelled
    /// The request itself cannot be sent, such as a malformed URL.
    case invalidRequest
  }

  package var kind: Kind
  /// What happened: lower case, no period, no header values, no query.
  package var message: String

  package init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = message
  }

  /// Whether sending again may help.
  package var isTransient: Bool {
    switch kind {
    case .unknownHost, .connection, .timeout: true
    case .tls, .tooLarge, .cancelled, .invalidRequest: false
    }
  }
}
