internal import Diagnostics
internal import Glibc

/// A TCP socket that listens, and the address that it really got.
struct ListeningSocket: ServerSocket {
  let descriptor: Int32
  let address: ListenAddress

  /// Binds and listens.
  ///
  /// - Throws: `L0001` when the address is taken, `L0002` when it cannot be used, `L0003` when the
  ///   host is no address.
  init(_ wanted: ListenAddress) throws(Diagnostic) {
    guard let endpoint = SocketAddress(wanted) else {
      throw Diagnostic(
        .malformedListenAddress,
        "'\(wanted.host)' is not an address to listen on",
        hint: "use an IP address such as 127.0.0.1 or ::1, or localhost"
      )
    }
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
    let descriptor = socket(endpoint.family, kind, 0)
    guard descriptor >= 0 else { throw Self.failure(wanted, errno) }
    var on: Int32 = 1
    let size = socklen_t(MemoryLayout<Int32>.size)
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, size)
    let isListening =
      endpoint.withPointer { bind(descriptor, $0, $1) } == 0 && listen(descriptor, 1024) == 0
    guard isListening, let port = Self.port(of: descriptor) else {
      let code = errno
      close(descriptor)
      throw Self.failure(wanted, code)
    }
    self.descriptor = descriptor
    address = ListenAddress(host: wanted.host, port: port)
  }

  func remove() { close(descriptor) }

  private static func port(of descriptor: Int32) -> UInt16? {
    var storage = sockaddr_storage()
    var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
    return withUnsafeMutablePointer(to: &storage) { storage in
      storage.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        guard getsockname(descriptor, address, &size) == 0 else { return nil }
        return SocketAddress(UnsafePointer(address))?.port
      }
    }
  }

  private static func failure(_ address: ListenAddress, _ code: Int32) -> Diagnostic {
    guard code != EADDRINUSE else {
      return Diagnostic(
        .addressInUse,
        "another program listens on '\(address)' already",
        hint: "stop it, or choose another port; port 0 takes any free one"
      )
    }
    let reason = String(cString: strerror(code)).lowercased()
    return Diagnostic(
      .unusableAddress,
      "cannot listen on '\(address)': \(reason)",
      hint: code == EACCES
        ? "choose a port above 1023" : "choose an address of this machine, such as 127.0.0.1"
    )
  }
}
