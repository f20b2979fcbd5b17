import OrderedJSON

/// What a trigger that is fired by hand receives.
///
/// Source: command line contract (`run start --input --header`).
struct TriggerInput {
  /// What `triggerOutputs()` returns.
  let outputs: JSON
  let clientTrackingID: String?

  static let members = ["headers", "body", "clientTrackingId"]

  /// - Throws: `Problem` 400 for members of another kind.
  init(_ object: JSONObject) throws(Problem) {
    var outputs = JSONObject()
    var tracking: String?
    if let headers = object["headers"] {
      guard let members = headers.objectValue?.members,
        members.allSatisfy({ $0.value.stringValue != nil })
      else { throw .invalidContent("'headers' must be an object of strings.") }
      if !members.isEmpty { outputs["headers"] = headers }
      tracking = headers.objectValue?.value(ignoringCaseOf: "x-ms-client-tracking-id")?.stringValue
    }
    outputs["body"] = object["body"]
    if let given = object["clientTrackingId"] {
      guard let text = given.stringValue, !text.isEmpty, text.utf8.count <= 128 else {
        throw .invalidContent("'clientTrackingId' must be a string of up to 128 bytes.")
      }
      tracking = text
    }
    self.outputs = .object(outputs)
    clientTrackingID = tracking
  }
}
