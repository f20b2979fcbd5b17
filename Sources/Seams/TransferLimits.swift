/// Bounds on one HTTP exchange, and the way it takes.
package struct TransferLimits: Hashable, Sendable {
  /// Until the connection stands, TLS included; default 10 s.
  package var connectTimeout: Duration
  /// From start to last byte; default 120 s, the product's request timeout.
  package var totalTimeout: Duration
  /// The largest response body in bytes, after decompression; default 100 MB.
  package var responseByteCount: Int

  /// Whether the request goes straight to its host, whatever proxy the environment names.
  package var avoidsProxy: Bool

  /// Shown to a server that asks for one; `nil` shows none.
  package var clientCertificate: ClientCertificate?

  /// The path of a Unix domain socket to send to, in place of the host that the request names.
  package var socketPath: String?

  package static let standard = TransferLimits(
    connectTimeout: .seconds(10),
    totalTimeout: .seconds(120),
    responseByteCount: 100 << 20
  )

  package init(
    connectTimeout: Duration,
    totalTimeout: Duration,
    responseByteCount: Int,
    avoidsProxy: Bool = false,
    clientCertificate: ClientCertificate? = nil,
    socketPath: String? = nil
  ) {
    self.socketPath = socketPath
    self.clientCertificate = clientCertificate
    self.avoidsProxy = avoidsProxy
    self.connectTimeout = connectTimeout
    self.totalTimeout = totalTimeout
    self.responseByteCount = responseByteCount
  }
}
