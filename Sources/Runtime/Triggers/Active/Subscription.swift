import OrderedJSON

/// What a trigger keeps of its subscription.
struct Subscription: Hashable, Sendable {
  /// Part of the address at which the service reports; reports to any other are refused.
  var id: String
  /// Whether the service accepted it; until then it may or may not know of it.
  var isActive = false
  var reading: ReportReading = .whole
  /// How it is undone; `nil` when nothing is to be sent.
  var undoing: Undoing?

  /// A request that ends a subscription.
  struct Undoing: Hashable, Sendable {
    var flow: String
    var trigger: String
    /// The type of the trigger, which says who sends.
    var type: String
    var inputs: JSON
    /// What names the subscription, to be deleted; `nil` sends a request of its own.
    var location: String?
  }

  init(id: String) { self.id = id }

  init?(_ json: JSON?) {
    guard let id = json?["subscription"]?.stringValue else { return nil }
    self.id = id
    isActive = json?["isActive"]?.boolValue ?? false
    reading = json?["readsItems"]?.boolValue == true ? .items : .whole
    undoing = Undoing(json?["undoing"])
  }

  var json: JSON {
    var object: JSONObject = ["subscription": .string(id), "isActive": .bool(isActive)]
    if reading == .items { object["readsItems"] = true }
    object["undoing"] = undoing?.json
    return .object(object)
  }
}

extension Subscription.Undoing {
  init?(_ json: JSON?) {
    guard let flow = json?["flow"]?.stringValue, let trigger = json?["trigger"]?.stringValue,
      let type = json?["type"]?.stringValue, let inputs = json?["inputs"]
    else { return nil }
    self.init(
      flow: flow,
      trigger: trigger,
      type: type,
      inputs: inputs,
      location: json?["location"]?.stringValue
    )
  }

  var json: JSON {
    var object: JSONObject = [
      "flow": .string(flow), "trigger": .string(trigger), "type": .string(type), "inputs": inputs,
    ]
    object["location"] = location.map { .string($0) }
    return .object(object)
  }

  /// The request to send.
  var request: ActionRequest {
    var request = TriggerRequest.request(flow: flow, trigger: trigger, type: type, inputs: inputs)
    request.pollLocation = location
    if location != nil { request.purpose = .unsubscription }
    return request
  }
}
