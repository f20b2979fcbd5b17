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

  /// A token with who may renew it.
  struct Token {
    var stored: StoredToken?
    var fence: Int64 = 0
    var holder: OwnerID?
  }

  /// What makes a trigger unique.
  struct TriggerKey: Hashable {
    let flow: String
    let trigger: String
  }

  /// What makes an event of a trigger unique.
  struct FireKey: Hashable {
    let trigger: TriggerKey
    let identity: String

    init(_ fire: TriggerFire) {
      trigger = TriggerKey(flow: fire.flow, trigger: fire.trigger)
      identity = fire.identity
    }
  }

  /// An event with its place in the order of arrival.
  struct Fire {
    var fire: TriggerFire
    let number: Int
  }

  /// A bulk with the runs whose replay has not begun.
  struct Bulk {
    let stored: StoredBulk
    var runs: [RunID]
  }

  var runs: [RunID: Run] = [:]
  var runCount = 0
  var plans: [String: StoredPlan] = [:]
  /// The hashes of `plans` in the order in which they were stored.
  var planOrder: [String] = []
  var calls: [Int64: Call] = [:]
  var callCount: Int64 = 0
  var tokens: [String: Token] = [:]
  var connections: [String: StoredConnection] = [:]
  var flows: [String: StoredFlow] = [:]
  var triggers: [TriggerKey: StoredTrigger] = [:]
  var fires: [FireKey: Fire] = [:]
  var waitingFires: Set<FireKey> = []
  var fireCount = 0
  /// In the order in which they were saved.
  var bulks: [Bulk] = []
  /// In the order of their arrival.
  var messages: [BatchMessage] = []
  var messageCount: Int64 = 0
  /// Whether something is broken on purpose: see `MemoryDatabase.keepMessages`.
  var keepsMessages = false
  var accessTokens: [String: AccessToken] = [:]
  var callbackKeys: [String: [UInt8]] = [:]
  var audit: [AuditEntry] = []
  var livingOwners: Set<OwnerID> = []
}
