/// The writing connection with its prepared statements.
///
/// Confined to the thread of `JournalWriter`. Its methods run inside the transaction that
/// `JournalWriter` opened: what they refuse is a result and has written nothing, what fails is
/// thrown and rolls the transaction back.
final class WriteSession {
  let connection: Connection
  let runs: RunStatements
  let calls: CallStatements
  let connections: ConnectionStatements
  let tokens: TokenStatements
  private var openedTriggers: TriggerStatements?
  private var openedReplays: ReplayStatements?
  private var openedAccess: AccessStatements?
  /// The keys of plans known to be stored.
  var planKeys: [String: Int64] = [:]
  /// The keys of gates known to be stored.
  var gateKeys: [String: Int64] = [:]
  /// The heads of runs in flight.
  var heads = JournalHeads()

  /// Differs from before once another connection has written.
  private var othersVersion: Int64?
  private let findOthersVersion: Statement
  private let beginning: Statement
  private let ending: Statement

  init(connection: consuming Connection) throws(SQLiteError) {
    runs = try RunStatements(on: connection)
    calls = try CallStatements(on: connection)
    connections = try ConnectionStatements(on: connection)
    tokens = try TokenStatements(on: connection)
    findOthersVersion = try Statement("PRAGMA data_version", on: connection)
    beginning = try Statement("BEGIN IMMEDIATE", on: connection)
    ending = try Statement("COMMIT", on: connection)
    self.connection = connection
  }

  // Most processes run one flow and end; they need not pay for these.
  var triggers: TriggerStatements {
    get throws(SQLiteError) {
      if let openedTriggers { return openedTriggers }
      let statements = try TriggerStatements(on: connection)
      openedTriggers = statements
      return statements
    }
  }

  var replays: ReplayStatements {
    get throws(SQLiteError) {
      if let openedReplays { return openedReplays }
      let statements = try ReplayStatements(on: connection)
      openedReplays = statements
      return statements
    }
  }

  var access: AccessStatements {
    get throws(SQLiteError) {
      if let openedAccess { return openedAccess }
      let statements = try AccessStatements(on: connection)
      openedAccess = statements
      return statements
    }
  }

  /// Runs `body` in one transaction: all of it is durable on return, none of it after a throw.
  func transaction(_ body: () throws(SQLiteError) -> Void) throws(SQLiteError) {
    try beginning.run()
    do throws(SQLiteError) {
      try forgetWhatOthersChanged()
      try body()
      try ending.run()
    } catch {
      rollBack()
      throw error
    }
  }

  private func forgetWhatOthersChanged() throws(SQLiteError) {
    let found = try findOthersVersion.first([]) { $0.integer(0) }
    if found != othersVersion { heads.removeAll() }
    othersVersion = found
  }

  // Some failures, such as a full disk, have rolled back already.
  private func rollBack() {
    planKeys = [:]
    gateKeys = [:]
    heads.removeAll()
    if connection.isInTransaction { try? connection.execute("ROLLBACK") }
  }
}
