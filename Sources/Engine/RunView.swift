package import OrderedJSON
import Definitions
import Timekeeping

/// A run as people and scripts see it, with everything secret masked.
///
/// Source: command line contract, section "Shapes".
package enum RunView {
  package static let mask: JSON = "*sanitized*"

  /// The document of `run show`.
  package static func document(_ state: RunState, parent: JSON? = nil) -> JSON {
    var document = summary(state, parent: parent)
    document["trigger"] = trigger(state)
    if let response = state.response.flatMap({ state.instances[$0] }) {
      document["response"] = outputs(of: response)
    }
    document["outputs"] = state.outputsAreSecret ? mask : state.outputs ?? [:]
    document["actions"] = .array(state.order.map { action($0, state) })
    return .object(document)
  }

  private static func summary(_ state: RunState, parent: JSON?) -> JSONObject {
    var object = JSONObject()
    object["id"] = .string(state.started?.run ?? "")
    object["flow"] = .string(state.started?.flow ?? state.plan.flow)
    object["status"] = .string(status(state).rawValue)
    object["code"] = state.code.map { .string($0) } ?? .null
    object["error"] = state.error ?? .null
    object["startTime"] = state.started.map { .string($0.time.description) } ?? .null
    object["endTime"] = state.endTime.map { .string($0.description) } ?? .null
    object["parent"] = parent ?? .null
    return object
  }

  /// A run that only waits for a time shows as waiting.
  package static func status(_ state: RunState) -> RunStatus {
    let waits = state.isWaiting(at: state.started?.time ?? Timestamp(ticks: 0))
    return waits ? .waiting : state.status
  }

  private static func trigger(_ state: RunState) -> JSON {
    guard let started = state.started else { return .null }
    return [
      "name": .string(started.triggerName),
      "type": .string(started.triggerType),
      "outputs": started.isSecret ? mask : started.trigger["outputs"] ?? [:],
    ]
  }

  // MARK: Actions

  private static func action(_ address: ActionAddress, _ state: RunState) -> JSON {
    guard let instance = state.instances[address] else { return .null }
    let planned = state.plan.actions[address.action]
    var object = JSONObject()
    object["name"] = .string(planned.name)
    object["type"] = .string(planned.type)
    object["indices"] = .array(address.indices.map { .integer(Int64($0)) })
    object["status"] = .string(instance.status.rawValue)
    object["code"] = instance.code.map { .string($0) } ?? .null
    object["startTime"] = .string(instance.startTime.description)
    object["endTime"] = instance.endTime.map { .string($0.description) } ?? .null
    object["inputs"] = inputs(of: instance)
    object["outputs"] = outputs(of: instance)
    object["error"] = instance.error ?? .null
    if let tracked = instance.trackedProperties { object["trackedProperties"] = tracked }
    if let due = instance.due { object["dueTime"] = .string(due.description) }
    object["attempts"] = .array(instance.attempts.map(attempt))
    if instance.isCarried { object["carriedFrom"] = state.carriedFrom.map { .string($0) } }
    return .object(object)
  }

  /// What an action was given, with everything secret masked.
  package static func inputs(of instance: ActionInstance) -> JSON {
    instance.secrecy.inputs ? mask : CredentialMembers.masked(instance.inputs ?? .null)
  }

  /// What an action came to, with everything secret masked.
  package static func outputs(of instance: ActionInstance) -> JSON {
    guard !instance.secrecy.outputs else { return mask }
    return masked(instance.outputs ?? .null, at: instance.secrecy.outputPointers)
  }

  /// A value with what stands at these JSON pointers masked; `*` stands for every member.
  package static func masked(_ value: JSON, at pointers: [String]) -> JSON {
    pointers.reduce(value) { value, pointer in
      guard let pointer = JSONPointer(text: pointer) else { return value }
      return value.replacing(at: pointer.tokens[...], with: mask)
    }
  }

  private static func attempt(_ attempt: Attempt) -> JSON {
    [
      "number": .integer(Int64(attempt.number)),
      "startTime": .string(attempt.startTime.description),
      "endTime": .string(attempt.endTime.description),
      "statusCode": attempt.statusCode.map { .integer(Int64($0)) } ?? .null,
      "error": attempt.error ?? .null,
      "waitedForThrottle": .double(attempt.waitedForThrottle.seconds),
    ]
  }
}

extension JSON {
  /// The value with what stands at the path replaced; `*` stands for every member or element.
  fileprivate func replacing(at path: ArraySlice<String>, with replacement: JSON) -> JSON {
    guard let token = path.first else { return replacement }
    let rest = path.dropFirst()
    switch self {
    case .object(var object):
      for key in token == "*" ? Array(object.keys) : [token] {
        object[key] = object[key]?.replacing(at: rest, with: replacement)
      }
      return .object(object)
    case .array(let array):
      return .array(
        array.enumerated().map { index, value in
          token == "*" || token == String(index)
            ? value.replacing(at: rest, with: replacement) : value
        }
      )
    default: return self
    }
  }
}
