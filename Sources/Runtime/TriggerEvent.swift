package import OrderedJSON
import Timekeeping

/// What started a run.
package struct TriggerEvent: Sendable {
  package var name: String
  package var type: String
  package var inputs: JSON?
  /// What `triggerOutputs()` returns, such as `{headers, body}`.
  package var outputs: JSON
  package var clientTrackingID: String?
  package var isSecret: Bool

  package init(
    name: String,
    type: String,
    inputs: JSON? = nil,
    outputs: JSON,
    clientTrackingID: String? = nil,
    isSecret: Bool = false
  ) {
    self.name = name
    self.type = type
    self.inputs = inputs
    self.outputs = outputs
    self.clientTrackingID = clientTrackingID
    self.isSecret = isSecret
  }

  /// Source: workflow language reference, section (e).
  func record(at time: Timestamp) -> JSON {
    var record: JSONObject = ["name": .string(name)]
    if let inputs { record["inputs"] = inputs }
    record["outputs"] = outputs
    record["startTime"] = .string(time.description)
    record["endTime"] = .string(time.description)
    record["status"] = "Succeeded"
    record["code"] = "OK"
    return .object(record)
  }
}
