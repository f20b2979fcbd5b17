internal import CMicroHTTPD
internal import Glibc

/// An IPv4 or IPv6 address with its port, as the system's calls have it.
struct SocketAddress: Sendable {
  private enum Storage {
    case four(sockaddr_in)
    case six(sockaddr_in6)
  }

  private var storage: Storage

  /// The address to listen on; `nil` when the host is neither an address nor `localhost`.
  init?(_ address: ListenAddress) {
    let host = address.host == "localhost" ? "127.0.0.1" : address.host
    var four = sockaddr_in()
    var six = sockaddr_in6()
    if inet_pton(AF_INET, host, &four.sin_addr) == 1 {
      four.sin_family = sa_family_t(AF_INET)
      four.sin_port = address.port.bigEndian
      storage = .four(four)
    } else if inet_pton(AF_INET6, host, &six.sin6_addr) == 1 {
      six.sin6_family = sa_family_t(AF_INET6)
      six.sin6_port = address.port.bigEndian
      storage = .six(six)
    } else {
      return nil
    }
  }

  /// Copies what the system gave; `nil` for other families.
  init?(_ address: UnsafePointer<sockaddr>) {
    let bytes = UnsafeRawPointer(address)
    switch Int32(address.pointee.sa_family) {
    case AF_INET: storage = .four(bytes.loadUnaligned(as: sockaddr_in.self))
    case AF_INET6: storage = .six(bytes.loadUnaligned(as: sockaddr_in6.self))
    default: return nil
    }
  }

  var family: Int32 {
    switch storage {
    case .four: AF_INET
    case .six: AF_INET6
    }
  }

  var port: UInt16 {
    switch storage {
    case .four(let address): UInt16(bigEndian: address.sin_port)
    case .six(let address): UInt16(bigEndian: address.sin6_port)
    }
  }

  /// The address in digits.
  var host: String {
    var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    let size = socklen_t(text.count)
    switch storage {
    case .four(var address): inet_ntop(AF_INET, &address.sin_addr, &text, size)
    case .six(var address): inet_ntop(AF_INET6, &address.sin6_addr, &text, size)
    }
    return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  func withPointer<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
    switch storage {
    case .four(let address): Self.withPointer(to: address, body)
    case .six(let address): Self.withPointer(to: address, body)
    }
  }

  private static func withPointer<Address, Result>(
    to address: Address,
    _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
  ) -> Result {
    withUnsafePointer(to: address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body($0, socklen_t(MemoryLayout<Address>.size))
      }
    }
  }
}
