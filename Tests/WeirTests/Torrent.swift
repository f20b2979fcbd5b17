import Foundation
import Glibc

/// A server on this machine that answers every request with more bytes than anybody wants.
final class Torrent: Sendable {
  let port: UInt16
  private let listener: Int32

  /// Listens on a port that the system chooses; the length may be told in advance.
  init?(byteCount: Int, announced: Bool) {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isListening = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, size) == 0 && listen(listener, 8) == 0
          && getsockname(listener, $0, &size) == 0
      }
    }
    guard isListening else { return nil }
    self.listener = listener
    port = UInt16(bigEndian: address.sin_port)
    Thread.detachNewThread {
      while true {
        let connection = accept(listener, nil, nil)
        guard connection >= 0 else { return }
        Self.pour(byteCount, announced: announced, into: connection)
        close(connection)
      }
    }
  }

  deinit {
    shutdown(listener, Int32(SHUT_RDWR))
    close(listener)
  }

  private static func pour(_ byteCount: Int, announced: Bool, into connection: Int32) {
    var request = [UInt8](repeating: 0, count: 65_536)
    guard read(connection, &request, request.count) > 0 else { return }
    let length = announced ? "Content-Length: \(byteCount)\r\n" : ""
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\(length)Connection: close\r\n\r\n"
    guard sendAll(Array(head.utf8), connection) else { return }
    let piece = [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20)
    for _ in 0..<(byteCount / piece.count) {
      guard sendAll(piece, connection) else { return }
    }
  }

  private static func sendAll(_ bytes: [UInt8], _ connection: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      rest.removeFirst(count)
    }
    return true
  }
}
