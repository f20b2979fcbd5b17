import Engine
import Seams

/// A column whose values the vault sealed.
struct SealedColumn {
  /// What is sealed, for messages.
  let name: String
  /// Up to three names and the value of the rows whose integer key lies beyond the first parameter,
  /// the key before them; a table without such keys gives all its rows, with 0.
  let rows: String
  /// Sets the value of the row with a key, or with names.
  let update: String
  let hasKeys: Bool
  let purpose: @Sendable (_ names: [String]) -> String

  static let all = [
    events, fires, bulks, messages, connections, tokens, triggers, callbackKeys,
  ]

  /// Some sealed value of a database; `nil` when there is none.
  static func sample(in connection: borrowing Connection) throws(SQLiteError) -> [UInt8]? {
    for column in all {
      let sample = try Statement(column.rows, on: connection)
        .first(column.hasKeys ? [.integer(0)] : []) { $0.bytes(4) }
      if let sample { return sample }
    }
    return nil
  }

  private static let events = SealedColumn(
    name: "event",
    rows: """
      SELECT events.rowid, runs.id, '', '', data FROM events JOIN runs ON runs.key = events.run
      WHERE sealed = 1 AND events.rowid > ? ORDER BY events.rowid LIMIT 200
      """,
    update: "UPDATE events SET data = ? WHERE rowid = ?",
    hasKeys: true
  ) { SealPurpose.journal(of: RunID($0[0])) }

  private static let fires = SealedColumn(
    name: "waiting event",
    rows: """
      SELECT key, flow, trigger, identity, payload FROM fires
      WHERE payload IS NOT NULL AND key > ? ORDER BY key LIMIT 200
      """,
    update: "UPDATE fires SET payload = ? WHERE key = ?",
    hasKeys: true
  ) { SealPurpose.fire($0[2], of: $0[1], flow: $0[0]) }

  private static let bulks = SealedColumn(
    name: "bulk of replays",
    rows: """
      SELECT key, name, coalesce(sealed_run, ''), '', sealed_order FROM bulks
      WHERE key > ? ORDER BY key LIMIT 200
      """,
    update: "UPDATE bulks SET sealed_order = ? WHERE key = ?",
    hasKeys: true
  ) { SealPurpose.bulk($0[0], of: $0[1].isEmpty ? nil : RunID($0[1])) }

  private static let messages = SealedColumn(
    name: "batch message",
    rows: """
      SELECT key, flow, trigger, '', sealed FROM messages WHERE key > ? ORDER BY key LIMIT 200
      """,
    update: "UPDATE messages SET sealed = ? WHERE key = ?",
    hasKeys: true
  ) { SealPurpose.messages(of: $0[1], flow: $0[0]) }

  private static let connections = SealedColumn(
    name: "connection",
    rows: "SELECT 0, name, '', '', sealed FROM connections",
    update: "UPDATE connections SET sealed = ? WHERE name = ?",
    hasKeys: false
  ) { SealPurpose.connection($0[0]) }

  private static let tokens = SealedColumn(
    name: "token",
    rows: "SELECT 0, key, '', '', sealed FROM tokens WHERE sealed IS NOT NULL",
    update: "UPDATE tokens SET sealed = ? WHERE key = ?",
    hasKeys: false
  ) { SealPurpose.token($0[0]) }

  private static let triggers = SealedColumn(
    name: "trigger",
    rows: "SELECT 0, flow, name, '', sealed FROM triggers WHERE sealed IS NOT NULL",
    update: "UPDATE triggers SET sealed = ? WHERE flow = ? AND name = ?",
    hasKeys: false
  ) { SealPurpose.trigger($0[1], of: $0[0]) }

  private static let callbackKeys = SealedColumn(
    name: "callback key",
    rows: "SELECT 0, flow, '', '', sealed FROM callback_keys",
    update: "UPDATE callback_keys SET sealed = ? WHERE flow = ?",
    hasKeys: false
  ) { SealPurpose.callbackKeys(of: $0[0]) }
}
