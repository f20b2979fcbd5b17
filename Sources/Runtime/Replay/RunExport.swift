import Diagnostics
package import Engine
package import OrderedJSON
import Seams
import Timekeeping

/// A run as one JSON document, to look at and replay it elsewhere.
///
/// Secrets do not travel: what was sealed is masked, so a replay of an imported run sends the mask
/// where the original sent a secret.
package struct RunExport: Sendable {
  /// The first member of the document.
  package static let format = "weir.run/1"

  private let worker: Worker

  package init(worker: Worker) { self.worker = worker }

  /// - Throws: `RuntimeFailure` when the run is unknown or cannot be read.
  package func document(of run: RunID) async throws(RuntimeFailure) -> JSON {
    let record = try await worker.record(run)
    let plan = try await worker.storedPlan(of: record)
    let state = try await worker.state(of: record)
    let events = try await worker.events(of: record, after: 0)
    let definition = (try? JSON(parsing: plan.document)) ?? .null
    return [
      "format": .string(Self.format), "flow": .string(plan.flow), "plan": definition,
      "run": RunView.document(state), "record": Self.json(of: record),
      "events": .array(events.map { Self.json(of: $0, state.plan) }),
    ]
  }

  /// Stores a run that was exported; its name must be free here.
  ///
  /// - Returns: The name of the run.
  /// - Throws: `RuntimeFailure.invalid` with R0005 when the document is none of ours, `store` of
  ///   kind `exists` when there is a run of this name.
  package func store(_ document: JSON) async throws(RuntimeFailure) -> RunID {
    guard document["format"]?.stringValue == Self.format,
      let flow = document["flow"]?.stringValue, let definition = document["plan"],
      var record = document["record"].flatMap(Self.record)
    else { throw .invalid([.noExport]) }
    let stored = PreparedFlow.stored(definition, flow: flow, worker.environment.digests)
    guard let plan = PreparedFlow.plan(from: stored) else { throw .invalid([.noExport]) }
    record.flow = flow
    record.planHash = stored.hash
    var events: [RunEvent] = []
    for json in document["events"]?.arrayValue ?? [] {
      let bytes = (json["data"] ?? .null).bytes
      guard let kind = json["kind"]?.stringValue,
        let event = RunEventCoding.decode(kind: kind, bytes: bytes, plan: plan)
      else { throw .invalid([.noExport]) }
      events.append(event)
    }
    guard !events.isEmpty else { throw .invalid([.noExport]) }
    try await worker.store(events, of: record, plan: plan, stored)
    return record.id
  }

  private static func json(of event: RunEvent, _ plan: Plan) -> JSON {
    let bytes = RunEventCoding.encode(event.masked(plan), plan: plan)
    return [
      "kind": .string(RunEventCoding.kind(of: event)),
      "data": (try? JSON(parsing: bytes)) ?? .null,
    ]
  }

  // MARK: Columns

  private static func json(of record: RunRecord) -> JSON {
    var object: JSONObject = [
      "id": .string(record.id.text), "status": .string(record.status.rawValue),
      "startTime": .integer(record.startTime.ticks), "triggerName": .string(record.triggerName),
      "triggerType": .string(record.triggerType),
    ]
    object["code"] = record.code.map { .string($0) }
    object["error"] = record.error.map { .string($0) }
    object["endTime"] = record.endTime.map { .integer($0.ticks) }
    return .object(object)
  }

  private static func record(_ json: JSON) -> RunRecord? {
    guard let id = json["id"]?.stringValue, !id.isEmpty, id.utf8.count <= 100,
      let status = json["status"]?.stringValue.flatMap(RunStatus.init(rawValue:)),
      status.isTerminal, let start = json["startTime"]?.integerValue,
      let trigger = json["triggerName"]?.stringValue, let type = json["triggerType"]?.stringValue
    else { return nil }
    return RunRecord(
      id: RunID(id),
      flow: "",
      planHash: "",
      status: status,
      code: json["code"]?.stringValue,
      error: json["error"]?.stringValue,
      startTime: Timestamp(ticks: start),
      endTime: json["endTime"]?.integerValue.map(Timestamp.init(ticks:)),
      triggerName: trigger,
      triggerType: type
    )
  }
}

extension Diagnostic {
  fileprivate static let noExport = Diagnostic(
    .unreadableExport,
    "this is no exported run",
    hint: "'weir run export RUN' writes one"
  )
}
