import Engine
import Seams
import Timekeeping

/// The contents of a store.
struct MemoryState {
  /// A run with what lists do not show.
  struct Run {
    var record: RunRecord
    var entries: [JournalEntry]
    var wakeup: Timestamp?
    /// Grows with each run; orders runs that started at the same time.
    let number: Int
  }

  /// A granted call of a throttle window.
  struct Call {
    let gate: String
    var start: Timestamp
    var isSettled: Bool
  }

  /// A token with the lease on its renewal.
  struct Token {
    var stored: StoredToken?
    var fence: Int64 = 0
    var lease: (owner: OwnerID, end: Timestamp)?
  }

  var runs: [RunID: Run] = [:]
  var runCount = 0
  var plans: [String: StoredPlan] = [:]
  var calls: [Int64: Call] = [:]
  var callCount: Int64 = 0
  var tokens: [String: Token] = [:]
  var connections: [String: StoredConnection] = [:]
  var livingOwners: Set<OwnerID> = []
}
