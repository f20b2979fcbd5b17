package import OrderedJSON
package import Timekeeping

/// What started a run.
package struct TriggerEvent: Sendable {
  package var name: String
  package var type: String
  package var inputs: JSON?
  /// What `triggerOutputs()` returns, such as `{headers, body}`.
  package var outputs: JSON
  package var clientTrackingID: String?
  package var isSecret: Bool
  /// When a timer should have fired.
  package var scheduledTime: Timestamp?
  /// Until when somebody waits for a Response.
  package var callerWaitsUntil: Timestamp?
  /// On whose behalf the run uses connections; `nil` means that of this process.
  package var user: String?

  package init(
    name: String,
    type: String,
    inputs: JSON? = nil,
    outputs: JSON,
    clientTrackingID: String? = nil,
    isSecret: Bool = false,
    scheduledTime: Timestamp? = nil,
    callerWaitsUntil: Timestamp? = nil
  ) {
    self.name = name
    self.type = type
    self.inputs = inputs
    self.outputs = outputs
    self.clientTrackingID = clientTrackingID
    self.isSecret = isSecret
    self.scheduledTime = scheduledTime
    self.callerWaitsUntil = callerWaitsUntil
  }

  /// Source: workflow language reference, section (e).
  func record(at time: Timestamp) -> JSON {
    var record: JSONObject = ["name": .string(name)]
    if let inputs { record["inputs"] = inputs }
    record["outputs"] = outputs
    record["startTime"] = .string(time.description)
    record["endTime"] = .string(time.description)
    if let scheduledTime { record["scheduledTime"] = .string(scheduledTime.description) }
    record["status"] = "Succeeded"
    record["code"] = "OK"
    return .object(record)
  }
}
