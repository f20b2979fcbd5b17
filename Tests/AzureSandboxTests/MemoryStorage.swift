import AzureSandbox
import Diagnostics
import Synchronization

/// A state file in memory.
final class MemoryStorage: StateStorage {
  private let content = Mutex<[String: [UInt8]]>([:])

  func load(_ name: String) -> [UInt8]? { content.withLock { $0[name] } }

  func save(_ changes: [(name: String, content: [UInt8])]) throws(Diagnostic) {
    content.withLock { content in
      for change in changes { content[change.name] = change.content }
    }
  }
}
