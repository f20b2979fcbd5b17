import OrderedJSON
import Definitions
package import Timekeeping

/// Turns events into the bytes of the journal and back.
///
/// The form is JSON with short fixed member names; unknown members are ignored when reading, so
/// that a newer version may add some.
package enum RunEventCoding {
  /// The kind under which the journal lists the event.
  package static func kind(of event: RunEvent) -> String {
    switch event {
    case .runStarted: "runStarted"
    case .carriedOver: "carriedOver"
    case .actionStarted: "actionStarted"
    case .departed: "departed"
    case .attemptEnded: "attemptEnded"
    case .iterationTested: "iterationTested"
    case .subscribed: "subscribed"
    case .unsubscribing: "unsubscribing"
    case .unsubscribed: "unsubscribed"
    case .actionEnded: "actionEnded"
    case .actionCarried: "actionCarried"
    case .cancelRequested: "cancelRequested"
    case .runEnded: "runEnded"
    }
  }

  /// Whether the event holds something that must not be stored in the clear.
  package static func isSecret(_ event: RunEvent) -> Bool {
    switch event {
    case .runStarted(let event): event.isSecret
    case .actionStarted(let event):
      event.isSecret || event.inputs.map(CredentialMembers.arePresent) ?? false
    case .actionEnded(let event): !event.secrecy.isNone || event.variable?.isSecret == true
    case .carriedOver(let event): event.results.values.contains(where: CarriedResultCoding.isSecret)
    case .runEnded(let event): event.isSecret
    // Addresses that a service hands out often carry a key.
    case .attemptEnded(let event): event.pollLocation != nil
    case .subscribed(let event): event.location != nil
    case .unsubscribing(let event): event.isSecret || event.location != nil
    case .departed, .iterationTested, .unsubscribed, .actionCarried, .cancelRequested: false
    }
  }

  package static func time(of event: RunEvent) -> Timestamp {
    switch event {
    case .runStarted(let event): event.time
    case .carriedOver(let event): event.time
    case .actionStarted(let event): event.time
    case .departed(let event): event.time
    case .attemptEnded(let event): event.attempt.endTime
    case .iterationTested(let event): event.time
    case .subscribed(let event): event.time
    case .unsubscribing(let event): event.time
    case .unsubscribed(let event): event.time
    case .actionEnded(let event): event.time
    case .actionCarried(let event): event.time
    case .cancelRequested(let time): time
    case .runEnded(let event): event.time
    }
  }

  package static func encode(_ event: RunEvent, plan: Plan) -> [UInt8] {
    JSON.object(object(event, plan)).bytes
  }

  /// The event, `nil` when its kind or form is unknown or names an action that the plan lacks.
  package static func decode(kind: String, bytes: [UInt8], plan: Plan) -> RunEvent? {
    guard let value = try? JSON(parsing: bytes), let object = value.objectValue else { return nil }
    return EventReader(object: object, plan: plan).event(kind)
  }

  // MARK: Writing

  private static func object(_ event: RunEvent, _ plan: Plan) -> JSONObject {
    switch event {
    case .runStarted(let event): runStarted(event)
    case .carriedOver(let event): carriedOver(event, plan)
    case .actionStarted(let event): actionStarted(event, plan)
    case .departed(let event): address(event.address, plan).adding("time", time(event.time))
    case .attemptEnded(let event): attemptEnded(event, plan)
    case .iterationTested(let event):
      address(event.address, plan).adding("time", time(event.time))
        .adding("isDone", .bool(event.isDone))
    case .subscribed(let event): subscribed(event, plan)
    case .unsubscribing(let event): unsubscribing(event, plan)
    case .unsubscribed(let event): unsubscribed(event, plan)
    case .actionEnded(let event): actionEnded(event, plan)
    case .actionCarried(let event):
      address(event.address, plan).adding("time", time(event.time))
    case .cancelRequested(let time): ["time": self.time(time)]
    case .runEnded(let event): runEnded(event)
    }
  }

  private static func runStarted(_ event: RunEvent.RunStarted) -> JSONObject {
    var object: JSONObject = [
      "time": time(event.time), "run": .string(event.run), "flow": .string(event.flow),
      "trigger": event.trigger, "triggerName": .string(event.triggerName),
      "triggerType": .string(event.triggerType), "parameters": .object(event.parameters),
      "clientTrackingId": .string(event.clientTrackingID), "isSecret": .bool(event.isSecret),
    ]
    if let until = event.callerWaitsUntil { object.append("callerWaitsUntil", time(until)) }
    if let user = event.user { object.append("user", .string(user)) }
    if !event.connections.isEmpty {
      let members = event.connections.sorted { $0.key < $1.key }
      object.append("connections", .object(JSONObject(members.map { ($0, .string($1)) })))
    }
    return object
  }

  private static func carriedOver(_ event: RunEvent.CarriedOver, _ plan: Plan) -> JSONObject {
    let results = event.results.sorted { left, right in
      (left.key.action, left.key.indices.description)
        < (right.key.action, right.key.indices.description)
    }
    return [
      "time": time(event.time), "run": .string(event.run),
      "results": .array(
        results.map { place, instance in
          .object(address(place, plan).adding("result", CarriedResultCoding.json(of: instance)))
        }
      ),
    ]
  }

  private static func actionStarted(_ event: RunEvent.ActionStarted, _ plan: Plan) -> JSONObject {
    var object = address(event.address, plan).adding("time", time(event.time))
    if let inputs = event.inputs { object.append("inputs", inputs) }
    if event.isSecret { object.append("isSecret", true) }
    if let branch = event.branch { object.append("branch", .integer(Int64(branch))) }
    if let due = event.due { object.append("due", time(due)) }
    return object
  }

  private static func attemptEnded(_ event: RunEvent.AttemptEnded, _ plan: Plan) -> JSONObject {
    var object = address(event.address, plan).adding("attempt", attempt(event.attempt))
      .adding("next", time(event.next))
    if let location = event.pollLocation { object.append("pollLocation", .string(location)) }
    return object
  }

  private static func subscribed(_ event: RunEvent.Subscribed, _ plan: Plan) -> JSONObject {
    var object = address(event.address, plan).adding("time", time(event.time))
      .adding("attempt", attempt(event.attempt))
    if let location = event.location { object.append("location", .string(location)) }
    return object
  }

  private static func unsubscribing(_ event: RunEvent.Unsubscribing, _ plan: Plan) -> JSONObject {
    var object = address(event.address, plan).adding("time", time(event.time))
    if let inputs = event.inputs { object.append("inputs", inputs) }
    if let location = event.location { object.append("location", .string(location)) }
    if event.isSecret { object.append("isSecret", true) }
    return object
  }

  private static func unsubscribed(_ event: RunEvent.Unsubscribed, _ plan: Plan) -> JSONObject {
    var object = address(event.address, plan).adding("time", time(event.time))
    if let attempt = event.attempt { object.append("attempt", self.attempt(attempt)) }
    return object
  }

  private static func actionEnded(_ event: RunEvent.ActionEnded, _ plan: Plan) -> JSONObject {
    var object = address(event.address, plan).adding("time", time(event.time))
      .adding("status", .string(event.status.rawValue)).adding("code", .string(event.code))
    if let inputs = event.inputs { object.append("inputs", inputs) }
    if let outputs = event.outputs { object.append("outputs", outputs) }
    if let error = event.error { object.append("error", error) }
    if let attempt = event.attempt { object.append("attempt", self.attempt(attempt)) }
    if let tracked = event.trackedProperties { object.append("trackedProperties", tracked) }
    if let change = event.variable { object.append("variable", variable(change)) }
    if !event.secrecy.isNone { object.append("secrecy", secrecy(event.secrecy)) }
    return object
  }

  private static func runEnded(_ event: RunEvent.RunEnded) -> JSONObject {
    var object: JSONObject = [
      "time": time(event.time), "status": .string(event.status.rawValue),
      "isSecret": .bool(event.isSecret),
    ]
    if let code = event.code { object.append("code", .string(code)) }
    if let error = event.error { object.append("error", error) }
    if let outputs = event.outputs { object.append("outputs", outputs) }
    return object
  }

  // MARK: Parts

  static func time(_ time: Timestamp) -> JSON { .integer(time.ticks) }

  /// Actions are named, not numbered, so that a journal can be read without its plan.
  private static func address(_ address: ActionAddress, _ plan: Plan) -> JSONObject {
    var object = JSONObject()
    object.reserveCapacity(8)
    object.append("action", .string(plan.actions[address.action].name))
    if !address.indices.isEmpty {
      object.append("indices", .array(address.indices.map { .integer(Int64($0)) }))
    }
    return object
  }

  static func attempt(_ attempt: Attempt) -> JSON {
    var object: JSONObject = [
      "number": .integer(Int64(attempt.number)), "startTime": time(attempt.startTime),
      "endTime": time(attempt.endTime),
    ]
    if let status = attempt.statusCode { object.append("statusCode", .integer(Int64(status))) }
    if let error = attempt.error { object.append("error", error) }
    if attempt.waitedForThrottle > .zero {
      object.append("waitedForThrottle", .integer(attempt.waitedForThrottle.ticks))
    }
    return .object(object)
  }

  private static func variable(_ change: VariableChange) -> JSON {
    var object: JSONObject = ["name": .string(change.name), "value": change.value]
    if let type = change.type { object.append("type", .string(type)) }
    if change.isSecret { object.append("isSecret", true) }
    return .object(object)
  }

  static func secrecy(_ secrecy: Secrecy) -> JSON {
    [
      "inputs": .bool(secrecy.inputs), "outputs": .bool(secrecy.outputs),
      "outputPointers": .array(secrecy.outputPointers.map { .string($0) }),
    ]
  }
}

extension JSONObject {
  fileprivate func adding(_ key: String, _ value: JSON) -> JSONObject {
    var copy = self
    copy.append(key, value)
    return copy
  }
}
