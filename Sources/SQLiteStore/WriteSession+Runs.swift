import Engine
import Seams

extension WriteSession {
  /// See `Store.append`.
  func append(_ append: JournalAppend) throws(SQLiteError) -> Result<Void, StoreFailure> {
    append.expectedVersion == 0 ? try create(append) : try extend(append)
  }

  /// See `Store.claim`.
  func claim(_ run: RunID, from previous: OwnerID?, by owner: OwnerID) throws(SQLiteError) -> Bool {
    heads[run] = nil
    try runs.claim.run(.text(owner.text), .text(run.text), .text(previous?.text))
    return connection.changeCount == 1
  }

  /// See `Store.deleteRun`.
  func deleteRun(_ run: RunID) throws(SQLiteError) -> Bool {
    guard let key = try head(of: run)?.key else { return false }
    heads[run] = nil
    try runs.deleteEvents.run(.integer(key))
    try runs.delete.run(.integer(key))
    return true
  }

  private func create(_ append: JournalAppend) throws(SQLiteError) -> Result<Void, StoreFailure> {
    guard let record = append.record else {
      let isKnown = try head(of: append.run) != nil
      return .failure(isKnown ? .exists(append.run) : .recordMissing(append.run))
    }
    if planKeys[record.planHash] == nil, let refusal = try refusalOfNewPlan(append) {
      return .failure(refusal)
    }
    guard let plan = try planKey(record.planHash, storing: append.plan) else {
      return .failure(.planMissing(append.run))
    }
    guard try insert(record, as: append.run, plan: plan) else {
      return .failure(.exists(append.run))
    }
    let key = connection.lastInsertedKey
    if let refusal = try begin(append) {
      try runs.delete.run(.integer(key))
      return .failure(refusal)
    }
    try write(append, after: JournalHead(key: key, owner: record.owner?.text, version: 0))
    try writeOrigin(of: append)
    return .success(())
  }

  /// What is refused must not leave its plan behind.
  private func refusalOfNewPlan(_ append: JournalAppend) throws(SQLiteError) -> StoreFailure? {
    if try head(of: append.run) != nil { return .exists(append.run) }
    if let fire = append.fire, try hasStartedRun(fire) { return .fired(fire) }
    if let replay = append.intention, try !isIntended(replay) { return .begun(replay) }
    return nil
  }

  /// Takes the event or the intention that begins a run; why it cannot, having written nothing.
  private func begin(_ append: JournalAppend) throws(SQLiteError) -> StoreFailure? {
    if let replay = append.intention { return try forget(replay) ? nil : .begun(replay) }
    if let fire = append.fire, try !start(fire, run: append.run) { return .fired(fire) }
    return nil
  }

  private func extend(_ append: JournalAppend) throws(SQLiteError) -> Result<Void, StoreFailure> {
    guard var head = try head(of: append.run), head.version == append.expectedVersion else {
      return .failure(.versionConflict(append, found: try head(of: append.run)?.version ?? 0))
    }
    guard head.owner == append.owner.text else { return .failure(.ownerConflict(append.run)) }
    if let record = append.record {
      try update(record, key: head.key)
      head.owner = record.owner?.text
    }
    try write(append, after: head)
    return .success(())
  }

  private func write(_ append: JournalAppend, after head: JournalHead) throws(SQLiteError) {
    try insert(append.entries, after: head.version, of: head.key)
    try change(append.wakeup, of: head.key)
    var head = head
    head.version += append.entries.count
    // A run that nobody holds is not in flight.
    heads[append.run] = head.owner == nil ? nil : head
  }

  private func head(of run: RunID) throws(SQLiteError) -> JournalHead? {
    if let known = heads[run] { return known }
    return try runs.find.first([.text(run.text)]) { row in
      JournalHead(
        key: row.integer(0),
        owner: row.optionalText(1),
        version: Int(row.integer(2))
      )
    }
  }

  /// The key of a plan, which is stored unless it is already; `nil` when it is neither stored nor
  /// given.
  func planKey(_ hash: String, storing plan: StoredPlan?) throws(SQLiteError) -> Int64? {
    if let known = planKeys[hash] { return known }
    var key = try runs.findPlan.first([.text(hash)]) { $0.integer(0) }
    if key == nil, let plan, plan.hash == hash {
      try runs.insertPlan.run(.text(plan.hash), .text(plan.flow), .blob(plan.document))
      key = connection.lastInsertedKey
    }
    planKeys[hash] = key
    return key
  }

  /// `false` when there is such a run.
  private func insert(_ record: RunRecord, as run: RunID, plan: Int64) throws(SQLiteError) -> Bool {
    try runs.insert.run(
      .text(run.text),
      .text(record.flow),
      .integer(plan),
      .text(record.status.rawValue),
      .text(record.code),
      .text(record.error),
      .time(record.startTime),
      .time(record.endTime),
      .text(record.triggerName),
      .text(record.triggerType),
      .text(record.parent?.run.text),
      .text(record.parent?.mode),
      .text(record.parent?.action),
      .text(record.owner?.text)
    )
    return connection.changeCount == 1
  }

  private func update(_ record: RunRecord, key: Int64) throws(SQLiteError) {
    try runs.update.run(
      .text(record.status.rawValue),
      .text(record.code),
      .text(record.error),
      .time(record.endTime),
      .text(record.owner?.text),
      .integer(key)
    )
  }

  private func insert(_ entries: [JournalEntry], after version: Int, of run: Int64)
    throws(SQLiteError)
  {
    for (index, entry) in entries.enumerated() {
      try runs.insertEvent.run(
        .integer(run),
        .count(version + index + 1),
        .text(entry.kind),
        .time(entry.time),
        .flag(entry.isSealed),
        lending: entry.data
      )
    }
  }

  private func change(_ wakeup: JournalAppend.WakeupChange, of run: Int64) throws(SQLiteError) {
    switch wakeup {
    case .unchanged: break
    case .set(let time): try runs.setWakeup.run(.time(time), .integer(run))
    case .clear: try runs.setWakeup.run(.null, .integer(run))
    }
  }
}
