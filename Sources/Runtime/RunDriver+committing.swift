import Engine
import OrderedJSON
import Seams
import Timekeeping

extension RunDriver {
  func commit(_ events: [RunEvent], expecting version: Int) async {
    do throws(RuntimeFailure) {
      try await append(append(events, expecting: version))
      let observers = observers.all
      if !observers.isEmpty { tell(observers, events) }
      if state.response != nil, !isAnswered { answerCallers() }
    } catch {
      fail(error)
    }
  }

  // Not inlined, so that what waits holds no room for it.
  @inline(never)
  private func tell(_ observers: [RunObservers.Observer], _ events: [RunEvent]) {
    let state = state
    for event in events {
      for observer in observers { observer(event, state) }
    }
  }

  /// Gives the run up; what is durable goes on elsewhere or later.
  func fail(_ error: RuntimeFailure) {
    failure = error
    // Told twice, a trigger event starts no second run; that is as it should be.
    if case .store(let refusal) = error, refusal.kind == .fired { return }
    if case .ownedElsewhere = error { return }
    environment.log.write(.error, "run.abandoned", [("run", run.text), ("why", "\(error)")])
  }

  func append(_ append: JournalAppend) async throws(RuntimeFailure) {
    let store = environment.store
    try await RuntimeFailure.asking { () async throws(StoreFailure) in
      try await store.append(append)
    }
  }

  @inline(never)
  func append(_ events: [RunEvent], expecting version: Int) throws(RuntimeFailure)
    -> JournalAppend
  {
    var entries: [JournalEntry] = []
    entries.reserveCapacity(events.count)
    do throws(VaultFailure) {
      for event in events { entries.append(try coding.entry(event, state.plan)) }
    } catch {
      throw .vault(error)
    }
    let (record, wakeup) = changedRecord(isNew: version == 0)
    var append = JournalAppend(
      run: run,
      expectedVersion: version,
      owner: environment.store.owner,
      entries: entries,
      record: record,
      wakeup: wakeup
    )
    creation?.complete(&append)
    creation = nil
    return append
  }

  /// The columns, when they changed: at the start, at the end, and when a long wait begins or ends.
  func changedRecord(isNew: Bool) -> (RunRecord?, JournalAppend.WakeupChange) {
    let soon = environment.clock.now() + Self.shortWait
    let (due, isWaiting) = look { ($0.nextWake(after: soon), $0.isWaiting(at: soon)) }
    let status = state.status.isTerminal ? state.status : isWaiting ? .waiting : .running
    let didWait = record.status == .waiting
    // The owner stays until nothing is left to clean up after the end.
    let releasesOwner = isToBeLeft
    guard isNew || status != record.status || releasesOwner else {
      return (nil, due.map { .set($0) } ?? .unchanged)
    }
    record.status = status
    record.code = state.code
    record.error = state.error?.text
    record.endTime = state.endTime
    if releasesOwner { record.owner = nil }
    return (record, due.map { .set($0) } ?? (didWait ? .clear : .unchanged))
  }

  /// A run that waits for less counts as running.
  static let shortWait = Duration.seconds(2)
}
