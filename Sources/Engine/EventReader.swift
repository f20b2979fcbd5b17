import Definitions
import OrderedJSON
import Timekeeping

/// Reads one event of a journal.
struct EventReader {
  let object: JSONObject
  let plan: Plan

  func event(_ kind: String) -> RunEvent? {
    switch kind {
    case "runStarted": runStarted.map(RunEvent.runStarted)
    case "carriedOver": carriedOver.map(RunEvent.carriedOver)
    case "actionStarted": actionStarted.map(RunEvent.actionStarted)
    case "departed": departed.map(RunEvent.departed)
    case "attemptEnded": attemptEnded.map(RunEvent.attemptEnded)
    case "iterationTested": iterationTested.map(RunEvent.iterationTested)
    case "subscribed": subscribed.map(RunEvent.subscribed)
    case "unsubscribing": unsubscribing.map(RunEvent.unsubscribing)
    case "unsubscribed": unsubscribed.map(RunEvent.unsubscribed)
    case "actionEnded": actionEnded.map(RunEvent.actionEnded)
    case "actionCarried": actionCarried.map(RunEvent.actionCarried)
    case "cancelRequested": time("time").map(RunEvent.cancelRequested)
    case "runEnded": runEnded.map(RunEvent.runEnded)
    default: nil
    }
  }

  // MARK: Events

  private var runStarted: RunEvent.RunStarted? {
    guard let time = time("time"), let run = text("run"), let flow = text("flow") else {
      return nil
    }
    var connections: [String: String] = [:]
    for member in object["connections"]?.objectValue?.members ?? [] {
      connections[member.key] = member.value.stringValue
    }
    return RunEvent.RunStarted(
      time: time,
      run: run,
      flow: flow,
      trigger: object["trigger"] ?? .null,
      triggerName: text("triggerName") ?? "",
      triggerType: text("triggerType") ?? "",
      parameters: object["parameters"]?.objectValue ?? JSONObject(),
      clientTrackingID: text("clientTrackingId") ?? run,
      isSecret: flag("isSecret"),
      callerWaitsUntil: self.time("callerWaitsUntil"),
      connections: connections,
      user: text("user")
    )
  }

  private var carriedOver: RunEvent.CarriedOver? {
    guard let time = time("time"), let run = text("run") else { return nil }
    var results: [ActionAddress: ActionInstance] = [:]
    for element in object["results"]?.arrayValue ?? [] {
      let reader = EventReader(object: element.objectValue ?? JSONObject(), plan: plan)
      guard let address = reader.address,
        let instance = element["result"].flatMap(CarriedResultCoding.instance)
      else { return nil }
      results[address] = instance
    }
    return RunEvent.CarriedOver(time: time, run: run, results: results)
  }

  private var actionCarried: RunEvent.ActionCarried? {
    guard let time = time("time"), let address else { return nil }
    return RunEvent.ActionCarried(time: time, address: address)
  }

  private var actionStarted: RunEvent.ActionStarted? {
    guard let time = time("time"), let address else { return nil }
    return RunEvent.ActionStarted(
      time: time,
      address: address,
      inputs: object["inputs"],
      isSecret: flag("isSecret"),
      branch: object["branch"]?.integerValue.map(Int.init),
      due: self.time("due")
    )
  }

  private var departed: RunEvent.Departed? {
    guard let time = time("time"), let address else { return nil }
    return RunEvent.Departed(time: time, address: address)
  }

  private var attemptEnded: RunEvent.AttemptEnded? {
    guard let address, let attempt, let next = time("next") else { return nil }
    return RunEvent.AttemptEnded(
      address: address,
      attempt: attempt,
      next: next,
      pollLocation: text("pollLocation")
    )
  }

  private var iterationTested: RunEvent.IterationTested? {
    guard let time = time("time"), let address else { return nil }
    return RunEvent.IterationTested(time: time, address: address, isDone: flag("isDone"))
  }

  private var subscribed: RunEvent.Subscribed? {
    guard let time = time("time"), let address, let attempt else { return nil }
    return RunEvent.Subscribed(
      time: time,
      address: address,
      attempt: attempt,
      location: text("location")
    )
  }

  private var unsubscribing: RunEvent.Unsubscribing? {
    guard let time = time("time"), let address else { return nil }
    return RunEvent.Unsubscribing(
      time: time,
      address: address,
      inputs: object["inputs"],
      location: text("location"),
      isSecret: flag("isSecret")
    )
  }

  private var unsubscribed: RunEvent.Unsubscribed? {
    guard let time = time("time"), let address else { return nil }
    return RunEvent.Unsubscribed(time: time, address: address, attempt: attempt)
  }

  private var actionEnded: RunEvent.ActionEnded? {
    guard let time = time("time"), let address,
      let status = text("status").flatMap(ActionStatus.init(rawValue:))
    else { return nil }
    return RunEvent.ActionEnded(
      time: time,
      address: address,
      status: status,
      code: text("code") ?? "",
      inputs: object["inputs"],
      outputs: object["outputs"],
      error: object["error"],
      attempt: attempt,
      trackedProperties: object["trackedProperties"],
      variable: variable,
      secrecy: secrecy
    )
  }

  private var runEnded: RunEvent.RunEnded? {
    guard let time = time("time"), let status = text("status").flatMap(RunStatus.init(rawValue:))
    else { return nil }
    return RunEvent.RunEnded(
      time: time,
      status: status,
      code: text("code"),
      error: object["error"],
      outputs: object["outputs"],
      isSecret: flag("isSecret")
    )
  }

  // MARK: Parts

  private func text(_ key: String) -> String? { object[key]?.stringValue }

  private func flag(_ key: String) -> Bool { object[key]?.boolValue ?? false }

  private func time(_ key: String) -> Timestamp? {
    object[key]?.integerValue.map(Timestamp.init(ticks:))
  }

  private var address: ActionAddress? {
    guard let name = text("action"), let place = plan.place(ofAction: name) else { return nil }
    let indices = object["indices"]?.arrayValue ?? []
    return ActionAddress(action: place, indices: indices.compactMap(\.integerValue).map(Int.init))
  }

  private var attempt: Attempt? { object["attempt"].flatMap(Self.attempt) }

  static func attempt(_ value: JSON) -> Attempt? {
    guard let number = value["number"]?.integerValue,
      let start = value["startTime"]?.integerValue, let end = value["endTime"]?.integerValue
    else { return nil }
    return Attempt(
      number: Int(number),
      startTime: Timestamp(ticks: start),
      endTime: Timestamp(ticks: end),
      statusCode: value["statusCode"]?.integerValue.map(Int.init),
      error: value["error"],
      waitedForThrottle: Duration(ticks: value["waitedForThrottle"]?.integerValue ?? 0)
    )
  }

  private var variable: VariableChange? {
    guard let value = object["variable"], let name = value["name"]?.stringValue else { return nil }
    return VariableChange(
      name: name,
      type: value["type"]?.stringValue,
      value: value["value"] ?? .null,
      isSecret: value["isSecret"]?.boolValue ?? false
    )
  }

  private var secrecy: Secrecy { object["secrecy"].map(Self.secrecy) ?? .none }

  static func secrecy(_ value: JSON) -> Secrecy {
    Secrecy(
      inputs: value["inputs"]?.boolValue ?? false,
      outputs: value["outputs"]?.boolValue ?? false,
      outputPointers: (value["outputPointers"]?.arrayValue ?? []).compactMap(\.stringValue)
    )
  }
}
