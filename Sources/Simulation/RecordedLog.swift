package import Seams
import Synchronization

/// Keeps log entries for a test to look at.
package final class RecordedLog: Sendable {
  private let kept = Mutex<[Log.Entry]>([])

  package init() {}

  package var entries: [Log.Entry] { kept.withLock { $0 } }

  /// The log that writes here.
  package var log: Log { Log { [self] entry in kept.withLock { $0.append(entry) } } }
}
