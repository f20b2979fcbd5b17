import Definitions
import OrderedJSON
import Timekeeping

/// Writes and reads the results that a replay takes over.
enum CarriedResultCoding {
  /// Whether the result holds something that must not be stored in the clear.
  static func isSecret(_ instance: ActionInstance) -> Bool {
    !instance.secrecy.isNone || instance.inputs.map(CredentialMembers.arePresent) ?? false
  }

  /// What is kept of a result: how it came about does not matter any more.
  static func kept(_ instance: ActionInstance) -> ActionInstance {
    var kept = ActionInstance(status: instance.status, startTime: instance.startTime)
    kept.code = instance.code
    kept.endTime = instance.endTime
    kept.inputs = instance.inputs
    kept.outputs = instance.outputs
    kept.error = instance.error
    kept.trackedProperties = instance.trackedProperties
    kept.branch = instance.branch
    kept.attempts = instance.attempts
    kept.secrecy = instance.secrecy
    if let loop = instance.loop {
      kept.loop = LoopProgress(items: [])
      kept.loop?.started = loop.started
    }
    return kept
  }

  static func json(of instance: ActionInstance) -> JSON {
    var object: JSONObject = [
      "status": .string(instance.status.rawValue),
      "startTime": RunEventCoding.time(instance.startTime),
    ]
    if let code = instance.code { object.append("code", .string(code)) }
    if let end = instance.endTime { object.append("endTime", RunEventCoding.time(end)) }
    if let inputs = instance.inputs { object.append("inputs", inputs) }
    if let outputs = instance.outputs { object.append("outputs", outputs) }
    if let error = instance.error { object.append("error", error) }
    if let tracked = instance.trackedProperties { object.append("trackedProperties", tracked) }
    if let branch = instance.branch { object.append("branch", .integer(Int64(branch))) }
    if let loop = instance.loop { object.append("loop", json(of: loop)) }
    if !instance.attempts.isEmpty {
      object.append("attempts", .array(instance.attempts.map(RunEventCoding.attempt)))
    }
    if !instance.secrecy.isNone {
      object.append("secrecy", RunEventCoding.secrecy(instance.secrecy))
    }
    return .object(object)
  }

  /// The elements of a Foreach are its inputs.
  private static func json(of loop: LoopProgress) -> JSON {
    ["started": .integer(Int64(loop.started))]
  }

  static func instance(_ value: JSON) -> ActionInstance? {
    guard let status = value["status"]?.stringValue.flatMap(ActionStatus.init(rawValue:)),
      let start = time(value["startTime"])
    else { return nil }
    var instance = ActionInstance(status: status, startTime: start)
    instance.code = value["code"]?.stringValue
    instance.endTime = time(value["endTime"])
    instance.inputs = value["inputs"]
    instance.outputs = value["outputs"]
    instance.error = value["error"]
    instance.trackedProperties = value["trackedProperties"]
    instance.branch = value["branch"]?.integerValue.map(Int.init)
    instance.attempts = (value["attempts"]?.arrayValue ?? []).compactMap(EventReader.attempt)
    instance.secrecy = value["secrecy"].map(EventReader.secrecy) ?? .none
    if let loop = value["loop"] {
      instance.loop = LoopProgress(items: [])
      instance.loop?.started = Int(loop["started"]?.integerValue ?? 0)
    }
    return instance
  }

  private static func time(_ value: JSON?) -> Timestamp? {
    value?.integerValue.map(Timestamp.init(ticks:))
  }
}
