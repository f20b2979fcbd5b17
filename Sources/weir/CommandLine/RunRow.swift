import Engine
import OrderedJSON
import Seams
import Timekeeping

/// One run as lists show it.
enum RunRow {
  /// Source: command line contract, section "Shapes" (`run list`).
  static func json(_ record: RunRecord, _ store: any Store) async -> JSON {
    var object = JSONObject()
    object["id"] = .string(record.id.text)
    object["flow"] = .string(record.flow)
    object["status"] = .string(record.status.rawValue)
    object["code"] = record.code.map { .string($0) } ?? .null
    object["error"] = record.error.flatMap { try? JSON(parsing: $0) } ?? .null
    object["startTime"] = .string(record.startTime.description)
    object["endTime"] = record.endTime.map { .string($0.description) } ?? .null
    object["parent"] = parent(record) ?? .null
    object["trigger"] = [
      "name": .string(record.triggerName), "type": .string(record.triggerType),
    ]
    object["interrupted"] = .bool(await isInterrupted(record, store))
    return .object(object)
  }

  /// Whether nobody drives the run although it did not end.
  static func isInterrupted(_ record: RunRecord, _ store: any Store) async -> Bool {
    guard !record.status.isTerminal else { return false }
    guard let owner = record.owner else { return true }
    return await !store.isAlive(owner)
  }

  static func parent(_ record: RunRecord) -> JSON? {
    record.parent.map { parent in
      [
        "run": .string(parent.run.text), "mode": .string(parent.mode),
        "action": parent.action.map { .string($0) } ?? .null,
      ]
    }
  }
}
