import Engine
import Seams
import Timekeeping

/// The statement of a list of runs.
///
/// It merges one range of an index for each status, newest first, so that a list with a limit
/// reads no more rows than it needs, however many runs there are.
struct RunSelection {
  private(set) var sql = ""
  private(set) var values: [SQLValue] = []

  private let query: RunQuery

  init(_ query: RunQuery) {
    self.query = query
    let statuses = query.statuses.isEmpty ? RunStatus.allCases : query.statuses
    let ranges = Set(statuses).map(\.rawValue).sorted().map { range(of: $0) }
    let merged = ranges.joined(separator: " UNION ALL ")
    sql = "SELECT * FROM (\(merged)) \(Self.order)"
    values.append(limit)
  }

  /// Every run with the columns of `record`.
  static let all = """
    SELECT id, flow, (SELECT hash FROM plans WHERE plans.key = plan), status, code, error, started,
    ended, trigger_name, trigger_type, parent_run, parent_mode, parent_action, owner, key AS number
    FROM runs
    """

  private static let order = "ORDER BY started DESC, number DESC LIMIT ?"

  /// Reads the columns of `all`.
  static func record(_ row: Row) -> RunRecord {
    RunRecord(
      id: RunID(row.text(0)),
      flow: row.text(1),
      planHash: row.text(2),
      status: RunStatus(rawValue: row.text(3)) ?? .failed,
      code: row.optionalText(4),
      error: row.optionalText(5),
      startTime: row.time(6),
      endTime: row.optionalTime(7),
      triggerName: row.text(8),
      triggerType: row.text(9),
      parent: row.optionalText(10).map { parent in
        .init(run: RunID(parent), mode: row.text(11), action: row.optionalText(12))
      },
      owner: row.optionalText(13).map { OwnerID($0) }
    )
  }

  // A negative limit is none.
  private var limit: SQLValue { query.limit.map { .count(max(0, $0)) } ?? .integer(-1) }

  private mutating func range(of status: String) -> String {
    // A run has few children, so their index beats that of the status, which `+` rules out.
    var conditions = [query.parent == nil ? "status = ?" : "+status = ?"]
    values.append(.text(status))
    func add(_ condition: String, _ value: SQLValue?) {
      guard let value else { return }
      conditions.append(condition)
      values.append(value)
    }
    add("flow = ?", query.flow.map { .text($0) })
    add("parent_run = ?", query.parent.map { .text($0.text) })
    add("started >= ?", query.since.map { .time($0) })
    add("started < ?", query.until.map { .time($0) })
    // The range of the index, then the order among runs that started at the same time.
    if let after = query.after {
      conditions.append("started <= ?")
      conditions.append("(started < ? OR key < (SELECT key FROM runs WHERE id = ?))")
      values += [.time(after.startTime), .time(after.startTime), .text(after.id.text)]
    }
    values.append(limit)
    let filter = conditions.joined(separator: " AND ")
    return "SELECT * FROM (\(Self.all) WHERE \(filter) \(Self.order))"
  }
}
