package import Engine
package import Seams
import Synchronization
import Timekeeping

/// What processes of a simulation share: the contents of a store, and who lives.
///
/// A crash is simulated by ending one `MemoryStore` and opening another on the same database.
package final class MemoryDatabase: Sendable {
  private let state = Mutex(MemoryState())

  package init() {}

  /// The journal of a run as it stands now.
  package func journal(of run: RunID) -> [JournalEntry] {
    (try? withState { $0.runs[run]?.entries }) ?? []
  }

  /// Damages the journal of a run, to show that somebody notices.
  package func damage(_ run: RunID, _ body: (inout [JournalEntry]) -> Void) {
    try? withState { state in
      guard var entries = state.runs[run]?.entries else { return }
      body(&entries)
      state.runs[run]?.entries = entries
    }
  }

  /// Loses the history of triggers, to show that somebody notices.
  package func forgetFires() {
    try? withState { state in
      state.fires = [:]
      state.waitingFires = []
    }
  }

  /// Loses where the triggers of a flow stand, to show that somebody notices.
  package func rewindTriggers(of flow: String) {
    try? withState { state in
      for key in Array(state.triggers.keys) where key.flow == flow {
        state.triggers[key]?.sealed = nil
      }
    }
  }

  /// From now on the first of several deleted messages stays, to show that somebody notices.
  package func keepMessages() { try? withState { $0.keepsMessages = true } }

  /// Hands over everything that is stored, with a word on where it was for who wants to know.
  package func visit(_ body: (_ place: @escaping () -> String, _ bytes: [UInt8]) -> Void) {
    try? withState { $0.visit(body) }
  }

  func withState<Value>(_ body: (inout MemoryState) throws(StoreFailure) -> sending Value)
    throws(StoreFailure) -> sending Value
  {
    try state.withLock { state throws(StoreFailure) in try body(&state) }
  }
}
