package import Engine
package import OrderedJSON
package import Seams
import Timekeeping

/// One run as `run list` shows it.
///
/// Source: command line contract, section "Shapes" (`run list`).
package enum RunSummary {
  /// Whether a run is interrupted is found out by whoever knows which processes live.
  package static func json(_ record: RunRecord, isInterrupted: Bool) -> JSON {
    var object = JSONObject()
    object["id"] = .string(record.id.text)
    object["flow"] = .string(record.flow)
    object["status"] = .string(record.status.rawValue)
    object["code"] = record.code.map { .string($0) } ?? .null
    object["error"] = record.error.flatMap { try? JSON(parsing: $0) } ?? .null
    object["startTime"] = .string(record.startTime.description)
    object["endTime"] = record.endTime.map { .string($0.description) } ?? .null
    object["parent"] = record.parent.map(parent) ?? .null
    object["trigger"] = [
      "name": .string(record.triggerName), "type": .string(record.triggerType),
    ]
    object["interrupted"] = .bool(isInterrupted)
    return .object(object)
  }

  /// The whole run as `run show` prints it, with the runs that replay it or that it called.
  package static func document(_ record: RunRecord, _ state: RunState, children: [RunRecord])
    -> JSON
  {
    let document = RunView.document(state, parent: record.parent.map(parent))
    guard var object = document.objectValue else { return document }
    object["children"] = .array(children.map(child))
    return .object(object)
  }

  private static func child(_ record: RunRecord) -> JSON {
    [
      "run": .string(record.id.text), "mode": .string(record.parent?.mode ?? ""),
      "flow": .string(record.flow), "status": .string(record.status.rawValue),
    ]
  }

  /// Whether nobody drives the run although it did not end, and no server will wake it either.
  package static func isInterrupted(
    _ record: RunRecord,
    _ store: any Store,
    isServed: Bool
  ) async -> Bool {
    guard !record.status.isTerminal else { return false }
    guard let owner = record.owner else { return !isServed }
    return await !store.isAlive(owner)
  }

  package static func parent(_ parent: RunRecord.Parent) -> JSON {
    [
      "run": .string(parent.run.text), "mode": .string(parent.mode),
      "action": parent.action.map { .string($0) } ?? .null,
    ]
  }
}
