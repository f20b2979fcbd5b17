import Foundation
import Glibc

/// A client that sends bytes as given and shows the bytes that come back.
struct WireClient: Sendable {
  let port: UInt16

  /// Sends on one connection and reads until the server closes it.
  ///
  /// Blocking calls stay off the threads that the server's handlers need.
  func exchange(_ text: String) async -> String {
    await exchange(Array(text.utf8))
  }

  /// The same with bytes; `closesAfter` says with the last of them that no more will come.
  func exchange(_ bytes: [UInt8], closesAfter: Bool = false) async -> String {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        continuation.resume(returning: blockingExchange(bytes, closesAfter: closesAfter))
      }
    }
  }

  /// Sends on a connection that stays open, and reads until some text has come or the end.
  func converse(_ text: String, until expected: String) async -> (WireConnection, String)? {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        guard let descriptor = connected() else { return continuation.resume(returning: nil) }
        let connection = WireConnection(descriptor)
        connection.send(text)
        let answer = connection.read(until: expected)
        continuation.resume(returning: (connection, answer))
      }
    }
  }

  private func blockingExchange(_ bytes: [UInt8], closesAfter: Bool) -> String {
    guard let connection = connected() else { return "not connected" }
    defer { close(connection) }
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        Glibc.send(
          connection,
          buffer.baseAddress?.advanced(by: sent),
          bytes.count - sent,
          Int32(MSG_NOSIGNAL)
        )
      }
      guard count > 0 else { break }
      sent += count
    }
    if closesAfter { shutdown(connection, Int32(SHUT_WR)) }
    return received(connection)
  }

  private func received(_ connection: Int32) -> String {
    var answer: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(connection, &buffer, buffer.count)
      // A read with a time limit is not resumed by the system after a signal, such as a child's end.
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return String(decoding: answer, as: UTF8.self) }
      answer += buffer.prefix(count)
    }
  }

  private func connected() -> Int32? {
    let connection = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    // Long tests beside this one may keep every thread of the pool busy for a while.
    var timeout = timeval(tv_sec: 300, tv_usec: 0)
    let size = socklen_t(MemoryLayout<timeval>.size)
    setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &timeout, size)
    let result = withUnsafePointer(to: address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(connection, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0 else {
      close(connection)
      return nil
    }
    return connection
  }
}
