import Definitions
import OrderedJSON
import Timekeeping

/// Reads the results that a replay takes over, and says what of them is kept.
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
