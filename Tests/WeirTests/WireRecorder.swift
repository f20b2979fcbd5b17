import Foundation
import Glibc
import Synchronization

/// Stands between a client and a server and keeps every byte that passes.
final class WireRecorder: Sendable {
  private final class Tape: Sendable {
    let bytes = Mutex<[UInt8]>([])
  }

  private let tape = Tape()
  private let listener: LoopbackListener

  var port: UInt16 { listener.port }

  var text: String { tape.bytes.withLock { String(decoding: $0, as: UTF8.self) } }

  init?(before server: UInt16) {
    let tape = tape
    let listener = LoopbackListener { client in
      guard let upstream = LoopbackListener.connect(to: server) else { return }
      defer { close(upstream) }
      Thread.detachNewThread { Self.copy(from: client, to: upstream, tape) }
      Self.copy(from: upstream, to: client, tape)
    }
    guard let listener else { return nil }
    self.listener = listener
  }

  private static func copy(from source: Int32, to target: Int32, _ tape: Tape) {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(source, &buffer, buffer.count)
      guard count > 0 else { break }
      tape.bytes.withLock { $0 += buffer.prefix(count) }
      guard LoopbackListener.sendAll(buffer.prefix(count), to: target) else { break }
    }
    shutdown(target, Int32(SHUT_RDWR))
  }
}
