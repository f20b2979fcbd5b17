/// The other side of a connection.
package struct Peer: Sendable {
  private let source: Source

  private enum Source {
    case network(SocketAddress)
    case local
    case unknown
  }

  init(_ address: SocketAddress) { source = .network(address) }

  private init(_ source: Source) { self.source = source }

  /// A process of this machine that may open the socket in the file system.
  package static let local = Peer(Source.local)

  static let unknown = Peer(Source.unknown)

  /// A client at an IP address.
  package init(host: String, port: UInt16) {
    source = SocketAddress(ListenAddress(host: host, port: port)).map(Source.network) ?? .unknown
  }

  /// Whether it came through the socket in the file system.
  package var isLocal: Bool { if case .local = source { true } else { false } }

  /// Its IP address in digits; empty when it is local or not known.
  package var host: String { if case .network(let address) = source { address.host } else { "" } }

  /// Its port; 0 when it is local or not known.
  package var port: UInt16 { if case .network(let address) = source { address.port } else { 0 } }
}
