internal import CMicroHTTPD
internal import Glibc

extension ServerCore {
  /// The library opened a connection or is about to close it; `state` keeps its visitor meanwhile.
  func connectionChanged(
    _ connection: OpaquePointer,
    _ state: UnsafeMutablePointer<UnsafeMutableRawPointer?>,
    isOpen: Bool
  ) {
    guard isOpen else {
      guard let opaque = state.pointee else { return }
      state.pointee = nil
      let visitor = Unmanaged<Visitor>.fromOpaque(opaque).takeRetainedValue()
      visitor.close()
      return visitors.leave(visitor)
    }
    let peer = Self.peer(of: connection)
    let visitor = Visitor(
      peer,
      descriptor: cmhd_descriptor(connection),
      isSecure: isSecure && !peer.isLocal
    )
    state.pointee = Unmanaged.passRetained(visitor).toOpaque()
    arrive(visitor)
  }

  private static func peer(of connection: OpaquePointer) -> Peer {
    guard let address = cmhd_client_address(connection) else { return .unknown }
    if Int32(address.pointee.sa_family) == AF_UNIX { return .local }
    return SocketAddress(address).map { Peer($0) } ?? .unknown
  }
}
