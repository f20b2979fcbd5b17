import Definitions
import Engine
import HTTPMessages
import OrderedJSON
import Runtime
import Seams
import Timekeeping

/// Triggers and their history as the management API shows them.
///
/// Source: workflow language reference, section (g).
enum TriggerDocument {
  private static let type = "Microsoft.Logic/workflows/triggers"

  static func json(_ trigger: FlowTrigger, of flow: ServedFlow, _ stored: StoredTrigger?) -> JSON {
    let isPaused = stored?.isPaused ?? false
    var properties: JSONObject = [
      "provisioningState": "Succeeded",
      "state": .string(isPaused ? "Suspended" : flow.isEnabled ? "Enabled" : "Disabled"),
      "type": .string(trigger.type),
      "paused": .bool(isPaused),
      "changedTime": .string(flow.changed.description),
    ]
    properties["kind"] = trigger.kind.map { .string($0) }
    properties["createdTime"] = stored.map { .string($0.enabled.description) }
    properties["recurrence"] = trigger.definition["recurrence"]
    properties["lastExecutionTime"] = stored?.last.map { .string($0.description) }
    if flow.isEnabled, !isPaused {
      properties["nextExecutionTime"] = stored?.due.map { .string($0.description) }
    }
    properties["workflow"] = [
      "id": .string(Links.workflow(flow.name)), "name": .string(flow.name),
      "type": "Microsoft.Logic/workflows",
    ]
    return Links.resource(
      Links.trigger(trigger.name, of: flow.name),
      trigger.name,
      type,
      properties
    )
  }

  static func history(_ fire: TriggerFire) -> JSON {
    var properties: JSONObject = [
      "status": .string(fire.status.rawValue),
      "startTime": .string(fire.actual.description),
      "endTime": .string(fire.actual.description),
      "scheduledTime": .string(fire.intended.description),
      "lateness": .double(fire.lateness.seconds),
      "fired": .bool(fire.run != nil),
    ]
    properties["code"] = fire.code.map { .string($0) }
    properties["error"] = fire.error.flatMap { try? JSON(parsing: $0) }
    properties["run"] = fire.run.map { run in
      [
        "id": .string(Links.run(run, of: fire.flow)), "name": .string(run.text),
        "type": .string(RunDocument.type),
      ]
    }
    let path = Links.trigger(fire.trigger, of: fire.flow)
    return Links.resource(
      "\(path)/histories/\(PercentEncoding.encode(fire.identity))",
      fire.identity,
      "\(type)/histories",
      properties
    )
  }
}
