import Foundation
import Glibc

/// One open connection of a `WireClient`; it closes with its last use.
final class WireConnection: Sendable {
  private let descriptor: Int32

  init(_ descriptor: Int32) { self.descriptor = descriptor }

  deinit { close(descriptor) }

  func send(_ text: String) {
    let bytes = Array(text.utf8)
    _ = bytes.withUnsafeBytes {
      Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
    }
  }

  /// Everything that comes until some text has come, or until the server closes.
  func read(until expected: String) -> String {
    var answer: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let text = String(decoding: answer, as: UTF8.self)
      if !expected.isEmpty, text.contains(expected) { return text }
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return text }
      answer += buffer.prefix(count)
    }
  }

  /// The same, off the threads that handlers need.
  func awaitText(_ expected: String) async -> String {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread { continuation.resume(returning: self.read(until: expected)) }
    }
  }
}
