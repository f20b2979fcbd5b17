import Definitions
package import OrderedJSON
package import Timekeeping

/// Everything that is known of a run: the fold of its events, and nothing else.
package struct RunState: Sendable {
  package let plan: Plan
  /// How many events were applied.
  package internal(set) var version = 0
  package internal(set) var status: RunStatus = .running
  package internal(set) var code: String?
  package internal(set) var error: JSON?
  package internal(set) var started: RunEvent.RunStarted?
  package internal(set) var endTime: Timestamp?
  package internal(set) var outputs: JSON?
  package internal(set) var outputsAreSecret = false
  package internal(set) var isCancelRequested = false
  package internal(set) var variables: [String: Variable] = [:]
  package internal(set) var instances: [ActionAddress: ActionInstance] = [:]
  /// Instances in the order in which they started or were skipped.
  package internal(set) var order: [ActionAddress] = []
  /// What the shell has to do now.
  package internal(set) var outstanding: [Effect] = []
  /// Webhooks that were subscribed and not undone yet.
  package internal(set) var subscriptions: [ActionAddress] = []
  /// The first Response action that answered.
  package internal(set) var response: ActionAddress?
  /// What must not be seen in the clear.
  package internal(set) var secrets = SecretLedger()
  /// The run whose results a replay takes over.
  package internal(set) var carriedFrom: String?
  /// Results that are taken over when the turn of their action comes.
  var carried: [ActionAddress: ActionInstance] = [:]
  var frames: [FrameKey: Frame] = [:]
  /// What can be decided without any effect, first in, first out.
  var ready = ReadyQueue()

  package init(plan: Plan) { self.plan = plan }

  /// A variable of the flow.
  package struct Variable: Equatable, Sendable {
    package var name: String
    /// In lower case.
    package var type: String
    package var value: JSON
    package var isSecret: Bool
  }

  /// Whether the run has ended and nothing is left to clean up.
  package var isOver: Bool { status.isTerminal && outstanding.isEmpty }

  /// Whether the state can go on without any input.
  package var hasReadyWork: Bool { !ready.isEmpty }

  /// When the run next has something to do, if it has nothing to do before `time`.
  package func nextWake(after time: Timestamp) -> Timestamp? {
    guard !hasReadyWork, !outstanding.isEmpty else { return nil }
    var earliest: Timestamp?
    for effect in outstanding {
      if case .awaitCallback = effect.kind { continue }
      guard let due = effect.due, due > time else { return nil }
      earliest = min(earliest ?? due, due)
    }
    return earliest
  }

  /// Whether the run has nothing to do until a later time, or until somebody calls it back.
  package func isWaiting(at time: Timestamp) -> Bool {
    guard !status.isTerminal, !hasReadyWork, !outstanding.isEmpty else { return false }
    return outstanding.allSatisfy { effect in
      if case .awaitCallback = effect.kind { return true }
      return effect.due.map { $0 > time } ?? false
    }
  }
}

/// Decisions that wait for their turn.
struct ReadyQueue: Sendable {
  enum Item: Hashable, Sendable {
    /// All predecessors of the action are terminal.
    case start(ActionAddress)
    /// All actions of a container's frame are terminal.
    case finish(ActionAddress)
    /// All actions of the root are terminal.
    case finishRun
  }

  private var items: [Item] = []
  private var head = 0

  var isEmpty: Bool { head == items.count }
  var waiting: ArraySlice<Item> { items[head...] }
  var first: Item? { isEmpty ? nil : items[head] }

  mutating func append(_ item: Item) { items.append(item) }

  /// Drops the first item if it is this one; compacts now and then.
  mutating func removeFirst(if item: Item) {
    guard first == item else { return }
    head += 1
    if head == items.count {
      items.removeAll(keepingCapacity: true)
      head = 0
    }
  }

  mutating func removeAll(where isDropped: (Item) -> Bool) {
    items = items[head...].filter { !isDropped($0) }
    head = 0
  }
}
