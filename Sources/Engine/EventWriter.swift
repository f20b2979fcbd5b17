import Definitions
import OrderedJSON
import Timekeeping

/// Writes one event of a journal, member by member.
struct EventWriter: ~Copyable {
  let plan: Plan
  var json = JSONWriter()

  init(plan: Plan) { self.plan = plan }

  /// What was written so far.
  var bytes: [UInt8] { json.bytes }

  mutating func write(_ event: RunEvent) {
    json.open(.object)
    switch event {
    case .runStarted(let event): write(event)
    case .carriedOver(let event): write(event)
    case .actionStarted(let event): write(event)
    case .departed(let event): begin(event.address, event.time)
    case .attemptEnded(let event): write(event)
    case .iterationTested(let event): write(event)
    case .subscribed(let event): write(event)
    case .unsubscribing(let event): write(event)
    case .unsubscribed(let event): write(event)
    case .actionEnded(let event): write(event)
    case .actionCarried(let event): begin(event.address, event.time)
    case .cancelRequested(let time): member("time", time)
    case .runEnded(let event): write(event)
    }
    json.close(.object)
  }

  // MARK: Events

  private mutating func write(_ event: RunEvent.RunStarted) {
    member("time", event.time)
    member("run", event.run)
    member("flow", event.flow)
    member("trigger", event.trigger)
    member("triggerName", event.triggerName)
    member("triggerType", event.triggerType)
    json.begin("parameters")
    json.write(event.parameters)
    member("clientTrackingId", event.clientTrackingID)
    json.member("isSecret", event.isSecret)
    member("callerWaitsUntil", event.callerWaitsUntil)
    member("user", event.user)
    if !event.connections.isEmpty { write(event.connections) }
  }

  private mutating func write(_ connections: [String: String]) {
    let members = connections.sorted { $0.key < $1.key }
    json.begin("connections")
    json.write(JSONObject(members.map { ($0, .string($1)) }))
  }

  private mutating func write(_ event: RunEvent.CarriedOver) {
    let results = event.results.sorted { left, right in
      (left.key.action, left.key.indices.description)
        < (right.key.action, right.key.indices.description)
    }
    member("time", event.time)
    member("run", event.run)
    json.begin("results")
    json.open(.array)
    for (address, instance) in results { writeResult(instance, of: address) }
    json.close(.array)
  }

  private mutating func write(_ event: RunEvent.ActionStarted) {
    begin(event.address, event.time)
    member("inputs", event.inputs)
    flag("isSecret", event.isSecret)
    member("branch", event.branch)
    member("due", event.due)
  }

  private mutating func write(_ event: RunEvent.AttemptEnded) {
    write(event.address)
    member("attempt", event.attempt)
    member("next", event.next)
    member("pollLocation", event.pollLocation)
  }

  private mutating func write(_ event: RunEvent.IterationTested) {
    begin(event.address, event.time)
    json.member("isDone", event.isDone)
  }

  private mutating func write(_ event: RunEvent.Subscribed) {
    begin(event.address, event.time)
    member("attempt", event.attempt)
    member("location", event.location)
  }

  private mutating func write(_ event: RunEvent.Unsubscribing) {
    begin(event.address, event.time)
    member("inputs", event.inputs)
    member("location", event.location)
    flag("isSecret", event.isSecret)
  }

  private mutating func write(_ event: RunEvent.Unsubscribed) {
    begin(event.address, event.time)
    member("attempt", event.attempt)
  }

  private mutating func write(_ event: RunEvent.ActionEnded) {
    begin(event.address, event.time)
    member("status", event.status.rawValue)
    member("code", event.code)
    member("inputs", event.inputs)
    member("outputs", event.outputs)
    member("error", event.error)
    member("attempt", event.attempt)
    member("trackedProperties", event.trackedProperties)
    member("variable", event.variable)
    member("secrecy", event.secrecy)
  }

  private mutating func write(_ event: RunEvent.RunEnded) {
    member("time", event.time)
    member("status", event.status.rawValue)
    json.member("isSecret", event.isSecret)
    member("code", event.code)
    member("error", event.error)
    member("outputs", event.outputs)
  }

  /// What most events of an action begin with.
  private mutating func begin(_ address: ActionAddress, _ time: Timestamp) {
    write(address)
    member("time", time)
  }
}
