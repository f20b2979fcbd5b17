import Engine
import OrderedJSON
import Runtime
import Seams
import Timekeeping

/// A run as the management API shows it.
///
/// Source: workflow language reference, section (g).
struct RunDocument: Sendable {
  let record: RunRecord
  /// How the client reaches the server.
  let base: String

  static let type = "Microsoft.Logic/workflows/runs"

  var path: String { Links.run(record.id, of: record.flow) }

  /// What a list shows, without reading the journal.
  var summary: JSON { resource(properties) }

  /// All of it; with `state` when the journal was read.
  func full(_ state: RunState, withActions: Bool, definition: JSON?) -> JSON {
    var properties = properties
    // The columns know of a wait only once it is long; the journal knows at once.
    properties["status"] = .string(RunView.status(state).rawValue)
    if let due = state.nextWake(after: state.started?.time ?? record.startTime) {
      properties["waitEndTime"] = .string(due.description)
    }
    properties["correlation"] = [
      "clientTrackingId": .string(state.started?.clientTrackingID ?? record.id.text)
    ]
    properties["trigger"] = trigger(state)
    properties["outputs"] = outputs(state)
    if let response = state.response { properties["response"] = answered(response, state) }
    if withActions { properties["actions"] = actions(state) }
    if let definition { properties["workflow"] = workflow(definition) }
    return resource(properties)
  }

  // MARK: Parts

  private func resource(_ properties: JSONObject) -> JSON {
    Links.resource(path, record.id.text, Self.type, properties)
  }

  private var properties: JSONObject {
    var properties: JSONObject = [
      "status": .string(record.status.rawValue),
      "startTime": .string(record.startTime.description),
    ]
    properties["endTime"] = record.endTime.map { .string($0.description) }
    properties["code"] = record.code.map { .string($0) }
    properties["error"] = record.error.flatMap { try? JSON(parsing: $0) }
    properties["workflow"] = workflow(nil)
    properties["trigger"] = [
      "name": .string(record.triggerName), "type": .string(record.triggerType),
    ]
    if let parent = record.parent { add(parent, to: &properties) }
    return properties
  }

  private func add(_ parent: RunRecord.Parent, to properties: inout JSONObject) {
    properties["originHistoryName"] = .string(parent.run.text)
    properties["parent"] = RunSummary.parent(parent)
  }

  private func workflow(_ definition: JSON?) -> JSON {
    var inner: JSONObject = ["version": .string(record.planHash)]
    inner["definition"] = definition.map(RunView.masked(definition:))
    return Links.resource(
      Links.version(record.planHash, of: record.flow),
      record.planHash,
      "Microsoft.Logic/workflows/versions",
      inner
    )
  }

  private func trigger(_ state: RunState) -> JSON {
    var trigger: JSONObject = [
      "name": .string(record.triggerName), "type": .string(record.triggerType),
      "startTime": .string(record.startTime.description),
      "endTime": .string(record.startTime.description),
      "status": "Succeeded",
    ]
    for (member, name) in [("inputs", "TriggerInputs"), ("outputs", "TriggerOutputs")] {
      guard let value = Self.triggerContent(member, state) else { continue }
      trigger["\(member)Link"] = Links.content(value, at: "\(base)\(path)/contents/\(name)")
    }
    return .object(trigger)
  }

  /// What the trigger was given or brought, masked when it is secret.
  static func triggerContent(_ member: String, _ state: RunState) -> JSON? {
    guard let started = state.started, let value = started.trigger[member] else { return nil }
    return started.isSecret ? RunView.mask : value
  }

  private func outputs(_ state: RunState) -> JSON {
    guard !state.outputsAreSecret else { return RunView.mask }
    return state.outputs ?? [:]
  }

  private func answered(_ address: ActionAddress, _ state: RunState) -> JSON {
    guard let instance = state.instances[address] else { return .null }
    let outputs = RunView.outputs(of: instance)
    let name = state.plan.actions[address.action].name
    let document = ActionDocument(state: state, run: self)
    var response: JSONObject = [
      "startTime": .string(record.startTime.description), "status": .string("Succeeded"),
    ]
    response["endTime"] = instance.endTime.map { .string($0.description) }
    response["outputsLink"] = Links.content(
      outputs,
      at: "\(base)\(document.path(of: name))/contents/ActionOutputs"
    )
    return .object(response)
  }

  private func actions(_ state: RunState) -> JSON {
    let document = ActionDocument(state: state, run: self)
    let members = document.names.compactMap { name in
      document.properties(of: name).map { (name, JSON.object($0)) }
    }
    return .object(JSONObject(members))
  }
}
