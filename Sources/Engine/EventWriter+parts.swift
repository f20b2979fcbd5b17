import Definitions
import OrderedJSON
import Timekeeping

/// Parts that several events have.
extension EventWriter {
  /// Actions are named, not numbered, so that a journal can be read without its plan.
  mutating func write(_ address: ActionAddress) {
    json.member("action", plan.actions[address.action].name)
    guard !address.indices.isEmpty else { return }
    json.begin("indices")
    json.open(.array)
    for index in address.indices {
      json.separate()
      json.write(Int64(index))
    }
    json.close(.array)
  }

  mutating func member(_ name: StaticString, _ attempt: Attempt?) {
    guard let attempt else { return }
    json.begin(name)
    write(attempt)
  }

  private mutating func write(_ attempt: Attempt) {
    json.open(.object)
    member("number", attempt.number)
    member("startTime", attempt.startTime)
    member("endTime", attempt.endTime)
    member("statusCode", attempt.statusCode)
    member("error", attempt.error)
    if attempt.waitedForThrottle > .zero {
      json.member("waitedForThrottle", attempt.waitedForThrottle.ticks)
    }
    json.close(.object)
  }

  mutating func member(_ name: StaticString, _ change: VariableChange?) {
    guard let change else { return }
    json.begin(name)
    json.open(.object)
    member("name", change.name)
    member("value", change.value)
    member("type", change.type)
    flag("isSecret", change.isSecret)
    json.close(.object)
  }

  /// Left out where there is nothing secret.
  mutating func member(_ name: StaticString, _ secrecy: Secrecy) {
    guard !secrecy.isNone else { return }
    json.begin(name)
    json.open(.object)
    json.member("inputs", secrecy.inputs)
    json.member("outputs", secrecy.outputs)
    json.begin("outputPointers")
    json.write(secrecy.outputPointers.map { JSON.string($0) })
    json.close(.object)
  }

  /// What a replay takes over for one action.
  mutating func writeResult(_ instance: ActionInstance, of address: ActionAddress) {
    json.separate()
    json.open(.object)
    write(address)
    json.begin("result")
    write(instance)
    json.close(.object)
  }

  private mutating func write(_ instance: ActionInstance) {
    json.open(.object)
    member("status", instance.status.rawValue)
    member("startTime", instance.startTime)
    member("code", instance.code)
    member("endTime", instance.endTime)
    member("inputs", instance.inputs)
    member("outputs", instance.outputs)
    member("error", instance.error)
    member("trackedProperties", instance.trackedProperties)
    member("branch", instance.branch)
    if let loop = instance.loop { write(loop) }
    if !instance.attempts.isEmpty { write(instance.attempts) }
    member("secrecy", instance.secrecy)
    json.close(.object)
  }

  /// The elements of a Foreach are its inputs.
  private mutating func write(_ loop: LoopProgress) {
    json.begin("loop")
    json.open(.object)
    member("started", loop.started)
    json.close(.object)
  }

  private mutating func write(_ attempts: [Attempt]) {
    json.begin("attempts")
    json.open(.array)
    for attempt in attempts {
      json.separate()
      write(attempt)
    }
    json.close(.array)
  }
}

/// Members of the open object; what is `nil` or `false` is left out.
extension EventWriter {
  mutating func member(_ name: StaticString, _ text: String?) {
    if let text { json.member(name, text) }
  }

  mutating func member(_ name: StaticString, _ number: Int?) {
    if let number { json.member(name, Int64(number)) }
  }

  mutating func member(_ name: StaticString, _ time: Timestamp?) {
    if let time { json.member(name, time.ticks) }
  }

  mutating func member(_ name: StaticString, _ value: JSON?) {
    if let value { json.member(name, value) }
  }

  mutating func flag(_ name: StaticString, _ value: Bool) {
    if value { json.member(name, true) }
  }
}
