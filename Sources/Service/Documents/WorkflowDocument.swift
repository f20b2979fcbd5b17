import Definitions
import Engine
import OrderedJSON
import Runtime
import Seams
import Timekeeping

/// A flow as the management API shows it.
///
/// Source: workflow language reference, section (g).
enum WorkflowDocument {
  /// The version is `{kind, definition}`; `nil` leaves the definition out, as lists do.
  static func json(
    _ flow: ServedFlow,
    version: JSON? = nil,
    triggers stored: [StoredTrigger] = []
  ) -> JSON {
    var properties: JSONObject = [
      "state": flow.isEnabled ? "Enabled" : "Disabled",
      "provisioningState": "Succeeded",
      "changedTime": .string(flow.changed.description),
      "version": .string(flow.planHash),
      "triggers": .array(flow.triggers.map { trigger($0, of: flow, stored) }),
      "health": flow.problems.isEmpty ? "Healthy" : "Unhealthy",
    ]
    properties["file"] = flow.path.map { .string($0) }
    if !flow.problems.isEmpty {
      properties["diagnostics"] = .array(flow.problems.map(DiagnosticDocument.json))
    }
    properties["definition"] = version?["definition"].map(RunView.masked(definition:))
    let resource = Links.resource(
      Links.workflow(flow.name),
      flow.name,
      "Microsoft.Logic/workflows",
      properties
    )
    guard var object = resource.objectValue, let kind = version?["kind"] else { return resource }
    object["kind"] = kind
    return .object(object)
  }

  private static func trigger(
    _ trigger: FlowTrigger,
    of flow: ServedFlow,
    _ stored: [StoredTrigger]
  ) -> JSON {
    let stored = stored.first { $0.trigger == trigger.name }
    let isPaused = stored?.isPaused ?? false
    var object: JSONObject = ["name": .string(trigger.name), "type": .string(trigger.type)]
    if stored != nil { object["paused"] = .bool(isPaused) }
    if flow.isEnabled, !isPaused, let due = stored?.due {
      object["nextExecutionTime"] = .string(due.description)
    }
    return .object(object)
  }

  /// A version of a flow; `nil` in place of its document leaves the definition out, as lists do.
  static func version(_ hash: String, of flow: String, _ document: JSON?) -> JSON {
    var properties: JSONObject = ["version": .string(hash)]
    properties["kind"] = document?["kind"]
    properties["definition"] = document?["definition"].map(RunView.masked(definition:))
    return Links.resource(
      Links.version(hash, of: flow),
      hash,
      "Microsoft.Logic/workflows/versions",
      properties
    )
  }
}
