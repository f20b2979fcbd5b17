import Engine
import Runtime
import Seams
import Simulation
import Synchronization

/// What happens around the writes of a process.
extension World {
  private static let dead = StoreFailure(.closed, "the process died")

  func hooks(of process: Int, _ life: Life) -> StoreHooks {
    StoreHooks(
      beforeAppend: { [weak self] append throws(StoreFailure) in
        guard let self else { throw Self.dead }
        try await before(process, life, append)
      },
      appended: { [weak self] append in
        guard let self else { return }
        damage(append)
        damageOrigin(append)
        ledger.commit(append)
        goOnAfterEnd(append)
        trace.note("process \(process) committed \(append.run): \(append.entries.map(\.kind))")
      },
      afterAppend: { [weak self] _ throws(StoreFailure) in
        guard let self else { throw Self.dead }
        try await after(process, life)
      },
      beforeFire: { [weak self] () throws(StoreFailure) in
        guard let self else { throw Self.dead }
        try await before(process, life, nil)
      },
      afterFire: { [weak self] () throws(StoreFailure) in
        guard let self else { throw Self.dead }
        try await after(process, life)
      },
      beforeAccess: { [weak self] () throws(StoreFailure) in
        guard let self, !life.isOver else { throw Self.dead }
        if people.chance(0.1) { await Task.yield() }
        if life.isOver { throw Self.dead }
        try disk.failAccess()
      },
      afterWrite: { [weak self] () throws(StoreFailure) in
        guard let self else { throw Self.dead }
        if disk.diesAfterWrite() { try await die(process) }
        if life.isOver { throw Self.dead }
        try disk.failAfterWrite()
      }
    )
  }

  private func before(_ process: Int, _ life: Life, _ append: JournalAppend?)
    async throws(StoreFailure)
  {
    await disk.takeTime()
    if life.isOver { throw Self.dead }
    if let isAfter = disk.death() {
      if isAfter { dying.withLock { _ = $0.insert(process) } } else { try await die(process) }
    }
    try disk.failBefore()
  }

  private func after(_ process: Int, _ life: Life) async throws(StoreFailure) {
    if dying.withLock({ $0.contains(process) }) { try await die(process) }
    await disk.takeTime()
    // What was written stays, but nobody hears of it.
    if life.isOver { throw Self.dead }
    try disk.failAfter()
  }

  private func die(_ process: Int) async throws(StoreFailure) {
    if let process = processes.first(where: { $0.number == process }) {
      await kill(process, "in a write")
      throw Self.dead
    }
  }

  // MARK: On purpose

  private func goOnAfterEnd(_ append: JournalAppend) {
    guard breakage == .reopensRun, append.entries.contains(where: { $0.kind == "runEnded" }),
      let plan = ledger.runs.first(where: { $0.record.id == append.run })?.state.plan,
      let entry = try? JournalCoding(run: append.run, vault: vault)
        .entry(.cancelRequested(clock.now()), plan)
    else { return }
    let version = append.expectedVersion + append.entries.count
    database.damage(append.run) { $0.append(entry) }
    ledger.commit(
      JournalAppend(
        run: append.run,
        expectedVersion: version,
        owner: append.owner,
        entries: [entry]
      )
    )
  }

  /// Undoes what a new run takes along of its trigger.
  private func damageOrigin(_ append: JournalAppend) {
    if breakage == .pollsAgain, append.fire?.flow == "polled", ledger.runs.isEmpty {
      database.rewindTriggers(of: "polled")
    }
    if breakage == .keepsMessages { database.keepMessages() }
  }

  private func damage(_ append: JournalAppend) {
    guard let breakage, append.expectedVersion > 0 else { return }
    switch breakage {
    case .dropsAppend: database.damage(append.run) { $0.removeLast(append.entries.count) }
    case .repeatsAppend: database.damage(append.run) { $0 += append.entries }
    case .changesEntry:
      database.damage(append.run) { entries in
        if var last = entries.popLast() {
          last.data = Array(last.data.dropLast())
          entries.append(last)
        }
      }
    case .forgetsFires: database.forgetFires()
    case .widensGate, .changesKey, .sendsAgain, .reopensRun, .neverAnswers, .logsSecret,
      .replaysTwice, .pollsAgain, .dropsReport, .keepsMessages, .renewsTwice, .changesAnswer,
      .tearsPages:
      break
    }
  }
}
