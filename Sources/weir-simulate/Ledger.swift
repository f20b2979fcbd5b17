import Definitions
import Engine
import OrderedJSON
import Runtime
import Seams
import Simulation
import Synchronization
import Timekeeping

/// What was committed, as an observer beside the store saw it; and what contradicts it.
final class Ledger: Sendable {
  /// A run with what became of it.
  struct Run: Sendable {
    var entries: [JournalEntry]
    /// The fold of the entries.
    var state: RunState
    var record: RunRecord
    var fire: TriggerFire?
    /// Actions that ended with what an attempt of theirs brought.
    var answered: Set<ActionAddress> = []
  }

  private struct State: Sendable {
    var runs: [RunID: Run] = [:]
    /// Runs in the order of their creation.
    var order: [RunID] = []
    var plans: [String: Plan] = [:]
    var fires: [String: RunID] = [:]
    var replays: [IntendedReplay: RunID] = [:]
    var acknowledged: Set<RunID> = []
    var violations: [Violation] = []
  }

  private let state = Mutex(State())
  private let database: MemoryDatabase
  private let vault: any Vault

  init(database: MemoryDatabase, vault: any Vault) {
    self.database = database
    self.vault = vault
  }

  // MARK: Reading

  var violations: [Violation] { state.withLock { $0.violations } }

  /// All runs, in the order of their creation.
  var runs: [Run] { state.withLock { state in state.order.compactMap { state.runs[$0] } } }

  var acknowledged: Set<RunID> { state.withLock { $0.acknowledged } }

  /// Whether every run has ended, with nothing left to clean up.
  var isAtRest: Bool {
    state.withLock { state in state.runs.values.allSatisfy { $0.isOver } }
  }

  /// Whether the action's result is committed, and came of its own request.
  func hasResult(_ address: ActionAddress, of run: RunID) -> Bool {
    state.withLock { state in
      state.runs[run]?.answered.contains(address) ?? false
    }
  }

  // MARK: Writing

  func know(_ plan: Plan, as hash: String) { state.withLock { $0.plans[hash] = plan } }

  func report(_ violation: Violation) {
    state.withLock { state in
      // The first ones tell; what follows from them does not.
      if state.violations.count < 8 { state.violations.append(violation) }
    }
  }

  /// Somebody was told that the run exists.
  func acknowledge(_ run: RunID) { _ = state.withLock { $0.acknowledged.insert(run) } }

  /// Looks at what an append left in the store.
  func commit(_ append: JournalAppend) {
    let stored = database.journal(of: append.run)
    state.withLock { state in
      var found = Self.compare(append, with: stored, state.runs[append.run]?.entries ?? [])
      found += enter(append, &state)
      state.violations += found.prefix(max(0, 8 - state.violations.count))
    }
  }

  /// Compares the state that a process works with against the fold of what it committed.
  func compare(_ live: RunState, of run: RunID) {
    let folded = state.withLock { $0.runs[run]?.state }
    guard let folded, folded.version == live.version else { return }
    if folded != live {
      report(
        Violation(
          .fold,
          "run \(run) is \(live.picture.text) in its process, and its journal folds to \(folded.picture.text)"
        )
      )
    }
  }

  // MARK: Checks

  private static func compare(
    _ append: JournalAppend,
    with stored: [JournalEntry],
    _ before: [JournalEntry]
  ) -> [Violation] {
    let run = append.run
    guard append.expectedVersion == before.count else {
      return [Violation(.lost, "run \(run): entry \(before.count) was overwritten")]
    }
    // What came before is compared when all is done; what overwrites it would be found then.
    let count = before.count + append.entries.count
    if stored.count == count, stored.suffix(append.entries.count).elementsEqual(append.entries) {
      return []
    }
    if stored.count > count {
      return [
        Violation(
          .doubled,
          "run \(run): an append of \(append.entries.count) entries left \(stored.count - before.count)"
        )
      ]
    }
    return [
      Violation(
        .lost,
        "run \(run): \(count) entries were committed, and \(stored.count) are there or differ"
      )
    ]
  }

  private func enter(_ append: JournalAppend, _ state: inout State) -> [Violation] {
    var found: [Violation] = []
    if append.expectedVersion == 0 { found += create(append, &state) }
    guard var run = state.runs.removeValue(forKey: append.run) else { return found }
    let coding = JournalCoding(run: append.run, vault: vault)
    for entry in append.entries {
      do {
        let event = try coding.event(entry, number: run.state.version + 1, run.state.plan)
        found += EventCheck.violations(of: event, after: run.state, append.run)
        run.state.apply(event)
        if case .actionEnded(let ended) = event, ended.attempt != nil {
          run.answered.insert(ended.address)
        }
      } catch {
        found.append(Violation(.fold, "run \(append.run): an entry cannot be read: \(error)"))
      }
    }
    run.entries += append.entries
    if let record = append.record {
      if run.record.status.isTerminal, record.status != run.record.status {
        found.append(
          Violation(
            .reopened,
            "run \(append.run) ended \(run.record.status), then \(record.status)"
          )
        )
      }
      run.record = record
    }
    state.runs[append.run] = run
    return found
  }

  private func create(_ append: JournalAppend, _ state: inout State) -> [Violation] {
    guard let record = append.record, let plan = state.plans[record.planHash] else {
      return [Violation(.invalid, "run \(append.run) has no known plan")]
    }
    state.runs[append.run] = Run(
      entries: [],
      state: RunState(plan: plan),
      record: record,
      fire: append.fire
    )
    state.order.append(append.run)
    return begin(append, &state)
  }

  private func begin(_ append: JournalAppend, _ state: inout State) -> [Violation] {
    var found: [Violation] = []
    if let fire = append.fire {
      let name = "\(fire.flow)/\(fire.trigger)/\(fire.identity)"
      if let other = state.fires.updateValue(append.run, forKey: name) {
        let text = "the event \(name) started run \(other) and run \(append.run)"
        found.append(Violation(.firedTwice, text))
      }
    }
    if let replay = append.intention,
      let other = state.replays.updateValue(append.run, forKey: replay)
    {
      let text = "the intention to replay \(replay.run) began run \(other) and run \(append.run)"
      found.append(Violation(.replayedTwice, text))
    }
    return found
  }
}

extension Ledger.Run {
  var isOver: Bool { state.isOver && record.owner == nil }
}
