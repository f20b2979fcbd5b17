import Engine
import Seams
import Timekeeping

extension MemoryState {
  /// See `Store.append`.
  mutating func append(_ append: JournalAppend) throws(StoreFailure) {
    if append.expectedVersion == 0 { try create(append) } else { try extend(append) }
  }

  /// See `Store.claim`.
  mutating func claim(_ run: RunID, from previous: OwnerID?, by owner: OwnerID) -> Bool {
    guard let found = runs[run], found.record.owner == previous else { return false }
    runs[run]?.record.owner = owner
    return true
  }

  /// See `Store.runs`.
  func list(_ query: RunQuery) -> [RunRecord] {
    let matching = runs.values.filter { matches($0.record, query) && follows($0, query.after) }
    let newestFirst = matching.sorted { left, right in
      (left.record.startTime, left.number) > (right.record.startTime, right.number)
    }
    return newestFirst.prefix(query.limit.map { max(0, $0) } ?? .max).map(\.record)
  }

  /// See `Store.planHashes`.
  func planHashes(of flow: String) -> [String] {
    planOrder.reversed().filter { plans[$0]?.flow == flow }
  }

  mutating func keep(_ plan: StoredPlan) {
    if plans.updateValue(plan, forKey: plan.hash) == nil { planOrder.append(plan.hash) }
  }

  /// See `Store.wakeups`.
  func wakeups(due time: Timestamp, limit: Int) -> [(run: RunID, due: Timestamp)] {
    let due = runs.values.filter { run in
      run.record.owner == nil && run.wakeup.map { $0 <= time } ?? false
    }
    let earliestFirst = due.compactMap { run in run.wakeup.map { (run, $0) } }.sorted {
      ($0.1, $0.0.number) < ($1.1, $1.0.number)
    }
    return earliestFirst.prefix(max(0, limit)).map { ($0.0.record.id, $0.1) }
  }

  /// See `Store.runsHeldElsewhere`.
  func runsHeld(byOthersThan owner: OwnerID) -> [(run: RunID, owner: OwnerID)] {
    let held = runs.values.compactMap { run in run.record.owner.map { (run.number, run, $0) } }
    return held.filter { $0.2 != owner }.sorted { $0.0 < $1.0 }.map { ($0.1.record.id, $0.2) }
  }

  private mutating func create(_ append: JournalAppend) throws(StoreFailure) {
    guard runs[append.run] == nil else { throw .exists(append.run) }
    guard var record = append.record else { throw .recordMissing(append.run) }
    if let fire = append.fire, fires[FireKey(fire)]?.fire.run != nil { throw .fired(fire) }
    if let replay = append.intention, !isIntended(replay) { throw .begun(replay) }
    let plan = plans[record.planHash] ?? append.plan
    guard let plan, plan.hash == record.planHash else { throw .planMissing(append.run) }
    keep(plan)
    record.id = append.run
    runCount += 1
    runs[append.run] = Run(record: record, entries: append.entries, number: runCount)
    change(append.wakeup, of: append.run)
    writeOrigin(of: append)
  }

  private mutating func extend(_ append: JournalAppend) throws(StoreFailure) {
    guard let run = runs[append.run], run.entries.count == append.expectedVersion else {
      throw .versionConflict(append, found: runs[append.run]?.entries.count ?? 0)
    }
    guard run.record.owner == append.owner else { throw .ownerConflict(append.run) }
    runs[append.run]?.entries += append.entries
    if let record = append.record { runs[append.run]?.record.take(record) }
    change(append.wakeup, of: append.run)
  }

  private mutating func change(_ wakeup: JournalAppend.WakeupChange, of run: RunID) {
    switch wakeup {
    case .unchanged: break
    case .set(let time): runs[run]?.wakeup = time
    case .clear: runs[run]?.wakeup = nil
    }
  }

  private func follows(_ run: Run, _ position: RunQuery.Position?) -> Bool {
    guard let position else { return true }
    guard run.record.startTime == position.startTime else {
      return run.record.startTime < position.startTime
    }
    return run.number < runs[position.id]?.number ?? 0
  }

  private func matches(_ record: RunRecord, _ query: RunQuery) -> Bool {
    (query.flow.map { $0 == record.flow } ?? true)
      && (query.statuses.isEmpty || query.statuses.contains(record.status))
      && (query.since.map { record.startTime >= $0 } ?? true)
      && (query.until.map { record.startTime < $0 } ?? true)
      && (query.parent.map { $0 == record.parent?.run } ?? true)
  }
}

extension RunRecord {
  /// Takes over the columns that may change after a run's creation.
  fileprivate mutating func take(_ record: RunRecord) {
    status = record.status
    code = record.code
    error = record.error
    endTime = record.endTime
    owner = record.owner
  }
}
