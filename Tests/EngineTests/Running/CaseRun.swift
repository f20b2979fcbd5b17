import Definitions
import Engine
import OrderedJSON
import Timekeeping

/// Runs a case on the engine alone, in simulated time.
struct CaseRun {
  static let start = Timestamp(seconds: 1_795_209_300)

  let plan: Plan
  private(set) var state: RunState
  private(set) var events: [RunEvent] = []
  private(set) var now = CaseRun.start
  /// What left, as `Action#attempt`, with the second at which it left.
  private(set) var sends: [String] = []
  private(set) var sendTimes: [Int64] = []
  /// The requests that undid subscriptions.
  private(set) var undone: [JSON] = []
  private var script: Script
  private var agenda: [Entry] = []
  private var launched: Set<Effect.Key> = []
  private var sequence = 0
  private let flowCase: FlowCase
  private let carried: RunEvent.CarriedOver?

  private struct Entry {
    var time: Timestamp
    var sequence: Int
    var key: Effect.Key?
    var input: RunInput
  }

  /// Takes another plan than the case's own, what a replay carries over, and other answers.
  ///
  /// - Throws: `BadCase` when the flow has no plan.
  init(
    _ flowCase: FlowCase,
    plan: Plan? = nil,
    replay: Replay? = nil,
    responses: JSON? = nil
  ) throws {
    self.flowCase = flowCase
    self.plan = try plan ?? flowCase.plan()
    state = RunState(plan: self.plan)
    script = Script(responses ?? flowCase.json["responses"])
    carried = replay.map {
      RunEvent.CarriedOver(time: Self.start, run: "parent", results: $0.results)
    }
  }

  /// Runs until nothing more can happen, and may be cancelled on the way.
  ///
  /// - Parameter second: When the run is cancelled, counted from its start.
  /// - Throws: `BadCase` when the run does not come to rest.
  mutating func run(cancellingAt second: Int64? = nil) throws {
    if let second { schedule(.cancel, at: Self.start + .seconds(second), for: nil) }
    for input in flowCase.json["inputs"]?.arrayValue ?? [] {
      let time = Self.start + .seconds(input["at"]?.integerValue ?? 0)
      schedule(try self.input(input), at: time, for: nil)
    }
    decide([carried.map { .replay(started, carrying: $0) } ?? .start(started)])
    var steps = 0
    while let next = takeNext() {
      steps += 1
      guard steps < 200_000 else { throw BadCase(name: flowCase.name, problem: "never rests") }
      if let key = next.key, !state.outstanding.contains(where: { $0.key == key }) { continue }
      now = max(now, next.time)
      decide([next.input])
    }
  }

  private var started: RunEvent.RunStarted {
    let outputs = flowCase.json["trigger"] ?? [:]
    return RunEvent.RunStarted(
      time: now,
      run: "run-1",
      flow: "case",
      trigger: ["name": "manual", "outputs": outputs],
      triggerName: "manual",
      triggerType: "Request",
      parameters: flowCase.parameters,
      clientTrackingID: "tracking-1",
      isSecret: flowCase.json["secretTrigger"]?.boolValue ?? false,
      callerWaitsUntil: flowCase.json["callerWaits"]?.integerValue.map { now + .seconds($0) }
    )
  }

  private func input(_ json: JSON) throws -> RunInput {
    if json["cancel"]?.boolValue == true { return .cancel }
    guard let name = json["callback"]?.stringValue, let place = plan.place(ofAction: name) else {
      throw BadCase(name: flowCase.name, problem: "unknown input")
    }
    let indices = json["indices"]?.arrayValue?.compactMap(\.integerValue).map(Int.init) ?? []
    return .callback(ActionAddress(action: place, indices: indices), json["outputs"] ?? [:])
  }

  // MARK: Deciding

  private mutating func decide(_ inputs: [RunInput]) {
    var inputs = inputs
    repeat {
      events += state.decide(
        inputs,
        now: now,
        seed: UInt64(events.count),
        surroundings: surroundings
      )
      inputs = [.proceed]
    } while state.hasReadyWork
    launchEffects()
  }

  private var surroundings: Surroundings {
    let settings = flowCase.json["settings"]
    return Surroundings(
      setting: { settings?[$0]?.stringValue },
      callbackURL: { run, address in "https://weir.test/callbacks/\(run)/\(address.action)" }
    )
  }

  // MARK: World

  private mutating func launchEffects() {
    for effect in state.outstanding where launched.insert(effect.key).inserted { launch(effect) }
  }

  private mutating func launch(_ effect: Effect) {
    let leaving = max(now, effect.due ?? now)
    let address = effect.key.address
    switch effect.kind {
    case .wake:
      let isDeadline = effect.key.purpose == .deadline
      schedule(isDeadline ? .deadline(address) : .woke(address), at: leaving, for: effect.key)
    case .send, .call: answer(effect, leaving: leaving)
    case .awaitCallback: break
    case .unsubscribe(let inputs, let location):
      undone.append(inputs ?? ["location": .string(location ?? "")])
      let result = result(effect, ["statusCode": 200], leaving: leaving, after: .zero)
      schedule(.unsubscribed(address, result), at: leaving, for: effect.key)
    }
  }

  private mutating func answer(_ effect: Effect, leaving: Timestamp) {
    let address = effect.key.address
    let spelled = plan.spelled(address)
    sends.append("\(spelled)#\(effect.key.attempt)")
    sendTimes.append((leaving - Self.start).components.seconds)
    let answer = script.next(for: spelled, of: plan.actions[address.action].name)
    guard let delay = Script.delay(of: answer) else { return }
    let result = result(effect, answer, leaving: leaving, after: delay)
    schedule(.attemptFinished(address, result), at: leaving + delay, for: effect.key)
  }

  private func result(_ effect: Effect, _ answer: JSON, leaving: Timestamp, after: Duration)
    -> AttemptResult
  {
    AttemptResult(
      number: effect.key.attempt,
      startTime: leaving,
      endTime: leaving + after,
      outcome: Script.outcome(of: answer)
    )
  }

  // MARK: Time

  private mutating func schedule(_ input: RunInput, at time: Timestamp, for key: Effect.Key?) {
    sequence += 1
    agenda.append(Entry(time: time, sequence: sequence, key: key, input: input))
  }

  private mutating func takeNext() -> Entry? {
    let next = agenda.indices.min { left, right in
      (agenda[left].time, agenda[left].sequence) < (agenda[right].time, agenda[right].sequence)
    }
    return next.map { agenda.remove(at: $0) }
  }
}
