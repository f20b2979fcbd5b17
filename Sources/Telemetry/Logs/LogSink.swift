internal import Glibc
package import Seams
internal import Synchronization

/// Writes log entries to a file descriptor, each line by one call.
package final class LogSink: Sendable {
  private let descriptor: Int32
  private let format: LogFormat
  private let clock: any Clock
  private let lock = Mutex(())

  /// - Parameters:
  ///   - descriptor: Where to write; stays open. 2 is the standard error.
  ///   - format: For people or for programs.
  ///   - clock: Tells the time of entries.
  package init(descriptor: Int32 = 2, format: LogFormat, clock: any Clock) {
    self.descriptor = descriptor
    self.format = format
    self.clock = clock
  }

  /// The log that writes here what is at least of a level.
  package func log(from level: Log.Level) -> Log {
    Log { entry in
      guard entry.level >= level else { return }
      self.write(entry)
    }
  }

  /// What cannot be written is lost: there is nowhere left to say so.
  private func write(_ entry: Log.Entry) {
    let bytes = Array(format.line(entry, at: clock.now()).utf8)
    lock.withLock { _ in
      var rest = bytes[...]
      while !rest.isEmpty {
        let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return }
        rest = rest.dropFirst(count)
      }
    }
  }
}
