import Engine
import Seams
import Timekeeping

/// The statement of a list of trigger events.
///
/// Merges one range of an index for each status, as `RunSelection` does.
struct FireSelection {
  private(set) var sql = ""
  private(set) var values: [SQLValue] = []

  private let query: FireQuery

  init(_ query: FireQuery) {
    self.query = query
    let statuses = query.statuses.isEmpty ? TriggerFire.Status.allCases : query.statuses
    let ranges = Set(statuses).map(\.rawValue).sorted().map { range(of: $0) }
    let merged = ranges.joined(separator: " UNION ALL ")
    sql = "SELECT * FROM (\(merged)) \(Self.order)"
    values.append(limit)
  }

  /// Every event with the columns of `fire`.
  static let all = """
    SELECT flow, trigger, identity, status, intended, actual, run, code, error, payload, key
    FROM fires
    """

  private static let keyOfOne =
    "SELECT key FROM fires WHERE flow = ? AND trigger = ? AND identity = ?"

  private static let order = "ORDER BY intended DESC, key DESC LIMIT ?"

  /// Reads the columns of `all`.
  static func fire(_ row: Row) -> TriggerFire {
    TriggerFire(
      flow: row.text(0),
      trigger: row.text(1),
      identity: row.text(2),
      status: TriggerFire.Status(rawValue: row.text(3)) ?? .failed,
      intended: row.time(4),
      actual: row.time(5),
      run: row.optionalText(6).map { RunID($0) },
      code: row.optionalText(7),
      error: row.optionalText(8),
      payload: row.optionalBytes(9)
    )
  }

  // A negative limit is none.
  private var limit: SQLValue { query.limit.map { .count(max(0, $0)) } ?? .integer(-1) }

  private mutating func range(of status: String) -> String {
    var conditions = ["status = ?"]
    values.append(.text(status))
    func add(_ condition: String, _ value: SQLValue?) {
      guard let value else { return }
      conditions.append(condition)
      values.append(value)
    }
    add("flow = ?", query.flow.map { .text($0) })
    add("trigger = ?", query.trigger.map { .text($0) })
    add("identity = ?", query.identity.map { .text($0) })
    add("intended >= ?", query.since.map { .time($0) })
    add("intended < ?", query.until.map { .time($0) })
    if let after = query.after {
      conditions.append("intended <= ?")
      conditions.append("(intended < ? OR key < (\(Self.keyOfOne)))")
      values += [.time(after.intended), .time(after.intended)]
      values += [.text(after.flow), .text(after.trigger), .text(after.identity)]
    }
    values.append(limit)
    let filter = conditions.joined(separator: " AND ")
    return "SELECT * FROM (\(Self.all) WHERE \(filter) \(Self.order))"
  }
}
