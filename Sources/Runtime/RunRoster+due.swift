import Engine
import Seams
import Timekeeping

extension RunRoster {
  private static let batch = 256

  /// Some of the runs that are due, and of those that are to be tried again.
  func dueRuns() async throws(RuntimeFailure) -> [RunID] {
    let now = environment.clock.now()
    let (store, limit) = (environment.store, Self.batch + postponed.count)
    let rows = try await RuntimeFailure.asking { () async throws(StoreFailure) in
      try await store.wakeups(due: now, limit: limit)
    }
    // Not before the store answered: what is forgotten here, nobody else remembers.
    let again = postponed.filter { $0.value <= now }.keys.sorted { $0.text < $1.text }
    for run in again { postponed[run] = nil }
    // What was woken and is due all the same has nothing to do; asking at once would never end.
    for row in rows where woken[row.run] == row.due { postponed[row.run] = now + .seconds(60) }
    let due = rows.filter { postponed[$0.run] == nil }
    woken = Dictionary(due.map { ($0.run, $0.due) }) { first, _ in first }
    return due.map(\.run) + again.filter { woken[$0] == nil }
  }

  /// When something is due next; `nil` when nothing is.
  func nextDue() async throws(RuntimeFailure) -> Timestamp? {
    let (store, limit) = (environment.store, 1 + postponed.count)
    let rows = try await RuntimeFailure.asking { () async throws(StoreFailure) in
      try await store.wakeups(due: Timestamp(ticks: .max), limit: limit)
    }
    let next = rows.first { postponed[$0.run] == nil }?.due
    return [next, postponed.values.min()].compactMap(\.self).min()
  }

  /// Tries a run again later if that may help.
  func postpone(_ run: RunID, after failure: RuntimeFailure) {
    let patience: Duration
    switch failure {
    case .unknownRun, .ownedElsewhere, .interrupted: return
    case .store(let refusal):
      if [.closed, .fired, .exists, .notFound].contains(refusal.kind) { return }
      patience = .seconds(10)
    case .unreadable, .vault, .invalid: patience = .seconds(600)
    }
    environment.log.write(.error, "run.postponed", [("run", run.text), ("why", "\(failure)")])
    let time = environment.clock.now() + patience
    postponed[run] = time
    setAlarm(at: time)
  }

  /// Goes on with every run whose process died.
  func takeOverTheAbandoned() async {
    let store = environment.store
    do throws(RuntimeFailure) {
      let held = try await RuntimeFailure.asking { () async throws(StoreFailure) in
        try await store.runsHeldElsewhere()
      }
      var isAlive: [OwnerID: Bool] = [:]
      for owner in Set(held.map(\.owner)) { isAlive[owner] = await store.isAlive(owner) }
      let abandoned = held.filter { isAlive[$0.owner] == false }.map(\.run)
      guard !abandoned.isEmpty else { return }
      environment.log.write(.info, "runs.takenOver", [("count", "\(abandoned.count)")])
      await bringIn(abandoned)
    } catch {
      environment.log.write(.error, "roster.failed", [("why", "\(error)")])
    }
  }
}
