import Definitions
import Timekeeping
package import OrderedJSON

/// An action's record as `actions()` returns it.
///
/// Source: workflow language reference, section (d).
package enum ActionRecord {
  package static func json(of instance: ActionInstance, named name: String, tracking: String?)
    -> JSON
  {
    var record = JSONObject()
    record.reserveCapacity(8)
    record["name"] = .string(name)
    if let inputs = instance.inputs { record["inputs"] = CredentialMembers.masked(inputs) }
    if let outputs = instance.outputs { record["outputs"] = outputs }
    if let tracked = instance.trackedProperties { record["trackedProperties"] = tracked }
    record["startTime"] = .string(instance.startTime.description)
    if let end = instance.endTime { record["endTime"] = .string(end.description) }
    if let tracking { record["clientTrackingId"] = .string(tracking) }
    record["status"] = .string(instance.status.rawValue)
    if let code = instance.code { record["code"] = .string(code) }
    if let error = instance.error { record["error"] = error }
    return .object(record)
  }
}
