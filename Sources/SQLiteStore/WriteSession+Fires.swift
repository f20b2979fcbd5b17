import Engine
import Seams
import Timekeeping

extension WriteSession {
  /// Whether the event of a new run started another one.
  func hasStartedRun(_ fire: TriggerFire) throws(SQLiteError) -> Bool {
    try triggers.findFire.first(identity(of: fire)) { $0.optionalText(0) != nil } ?? false
  }

  /// Writes the event of a new run; `false`, and nothing, when it started another one.
  func start(_ fire: TriggerFire, run: RunID) throws(SQLiteError) -> Bool {
    try triggers.startFire.run(values(of: fire, run: run))
    return connection.changeCount == 1
  }

  /// Writes what goes on when a new run starts, besides the run and its event.
  func writeOrigin(of append: JournalAppend) throws(SQLiteError) {
    if let trigger = append.trigger { try advance(trigger) }
    try deleteMessages(append.releasedMessages)
  }

  /// See `TriggerStore.recordFire`.
  func record(
    _ fire: TriggerFire,
    advancing trigger: StoredTrigger?,
    releasing messages: [Int64]
  ) throws(SQLiteError) -> Bool {
    let isTaken = try triggers.findFire.first(identity(of: fire)) { _ in true } ?? false
    guard !isTaken else { return false }
    try save(fire, run: fire.run)
    if let trigger { try advance(trigger) }
    try deleteMessages(messages)
    return true
  }

  /// See `TriggerStore.settleFire`.
  func settle(_ waiting: TriggerFire, as final: TriggerFire?) throws(SQLiteError) -> Bool {
    let identity = identity(of: waiting)
    let isWaiting = try triggers.findFire.first(identity) { $0.text(1) == Self.waiting } ?? false
    guard isWaiting else { return false }
    if let final { try save(final, run: final.run) } else { try triggers.forgetFire.run(identity) }
    return true
  }

  private static let waiting = TriggerFire.Status.waiting.rawValue

  /// Removes at most `limit` entries of one status; returns how many went.
  func deleteFires(_ status: TriggerFire.Status, before time: Timestamp, limit: Int)
    throws(SQLiteError) -> Int
  {
    try triggers.deleteFires.run(.text(status.rawValue), .time(time), .count(limit))
    return connection.changeCount
  }

  private func identity(of fire: TriggerFire) -> [SQLValue] {
    [.text(fire.flow), .text(fire.trigger), .text(fire.identity)]
  }

  private func save(_ fire: TriggerFire, run: RunID?) throws(SQLiteError) {
    try triggers.saveFire.run(values(of: fire, run: run))
  }

  private func values(of fire: TriggerFire, run: RunID?) -> [SQLValue] {
    [
      .text(fire.flow), .text(fire.trigger), .text(fire.identity), .text(fire.status.rawValue),
      .time(fire.intended), .time(fire.actual), .text(run?.text), .text(fire.code),
      .text(fire.error), .blob(fire.payload),
    ]
  }
}
