/// The other side of a connection.
package struct Peer: Sendable {
  private let address: SocketAddress?

  init(_ address: SocketAddress?) { self.address = address }

  /// Its IP address in digits; empty when it is not known.
  package var host: String { address?.host ?? "" }

  /// Its port; 0 when it is not known.
  package var port: UInt16 { address?.port ?? 0 }
}
