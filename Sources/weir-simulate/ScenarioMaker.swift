import OrderedJSON

/// Draws a scenario.
struct ScenarioMaker {
  private let dice: Dice
  private var scenario = Scenario()

  private let features: FeatureMaker

  init(seed: UInt64) {
    dice = Dice(seed, .scenario)
    features = FeatureMaker(seed: seed)
  }

  mutating func scenario(breaking breakage: Breakage?, _ drawing: Drawing) -> Scenario {
    addFlows(hasTimer: dice.chance(0.08))
    addRequests()
    // A quarter of the seeds has nothing go wrong.
    if dice.chance(0.75) { addFaults() }
    if dice.chance(0.35) { scenario.limit = (calls: 1 + dice.below(3), period: 1 + dice.below(10)) }
    if dice.chance(0.06) {
      scenario.replay = (mode: dice.below(3), isInterrupted: dice.chance(0.6))
    }
    if let breakage {
      calm(breakage)
    } else if drawing != .flows {
      features.complete(&scenario)
      if drawing == .pauses { features.addPauses(&scenario) }
    }
    return scenario
  }

  // MARK: Flows

  private mutating func addFlows(hasTimer: Bool) {
    let hasChild = dice.chance(0.3)
    if hasChild {
      var maker = FlowMaker(dice, actions: 3)
      let request: JSON = ["type": "Request", "kind": "Http"]
      scenario.flows.append((name: "child", file: maker.flow(request)))
    }
    var maker = FlowMaker(dice, actions: 2 + dice.below(8), child: hasChild ? "child" : nil)
    scenario.flows.append((name: "main", file: maker.flow(.object(trigger()))))
    guard hasTimer else { return }
    let seconds = dice.pick([5, 10, 30])
    var timed = FlowMaker(dice, actions: 2, child: hasChild ? "child" : nil)
    scenario.flows.append((name: "timer", file: timed.flow(recurrence(seconds))))
    scenario.timer = (flow: "timer", seconds: seconds)
  }

  private var isSplit = false

  private mutating func trigger() -> JSONObject {
    var trigger: JSONObject = ["type": "Request", "kind": "Http"]
    var configuration = JSONObject()
    isSplit = dice.chance(0.12)
    if isSplit { trigger["splitOn"] = "@triggerBody()?['items']" }
    if dice.chance(0.12) {
      configuration["concurrency"] = [
        "runs": .integer(Int64(1 + dice.below(2))), "maximumWaitingRuns": 20,
      ]
    }
    if dice.chance(0.3) { configuration["secureData"] = ["properties": ["outputs"]] }
    isSecure = configuration["secureData"] != nil
    if !configuration.isEmpty { trigger["runtimeConfiguration"] = .object(configuration) }
    return trigger
  }

  private var isSecure = false

  private func recurrence(_ seconds: Int) -> JSON {
    [
      "type": "Recurrence", "metadata": ["missedFires": "all"],
      "recurrence": [
        "frequency": "Second", "interval": .integer(Int64(seconds)),
        "startTime": "2026-01-01T00:00:00Z",
      ],
    ]
  }

  // MARK: Requests

  private mutating func addRequests() {
    let count = dice.pick([1, 1, 1, 2, 3, 6])
    for number in 1...count {
      let items = isSplit ? 1 + dice.below(3) : 1
      var body: JSONObject = ["id": .integer(Int64(number))]
      if isSplit { body["items"] = .array((0..<items).map { .integer(Int64($0)) }) }
      if isSecure { body["secret"] = .string(Secrets.body) }
      scenario.requests.append(
        Scenario.Request(
          flow: "main",
          key: "message-\(number)",
          time: dice.chance(0.5) ? .zero : dice.time(.seconds(20)),
          copies: dice.chance(0.15) ? 2 : 1,
          body: .object(body),
          runs: items
        )
      )
    }
  }

  // MARK: Faults

  private mutating func addFaults() {
    if dice.chance(0.15) { scenario.processCount = 2 }
    if dice.chance(0.4) {
      for _ in 0...dice.below(2) {
        scenario.deaths.append((write: 1 + dice.below(14), isAfter: dice.chance(0.5)))
      }
    }
    if dice.chance(0.3) { scenario.kills = times(2) }
    if dice.chance(0.1) { scenario.stops = times(1) }
    scenario.restart = dice.chance(0.5) ? dice.time(.seconds(2)) : dice.time(.seconds(90))
    if dice.chance(0.15) { scenario.cancellations = times(2) }
    if dice.chance(0.15) { addSteps() }
    if dice.chance(0.4) { addDiskFaults() }
    if dice.chance(0.6) { addNetworkFaults() }
  }

  private func times(_ most: Int) -> [Duration] {
    (0...dice.below(most)).map { _ in dice.time(dice.pick([.seconds(2), .seconds(60)])) }
  }

  private mutating func addSteps() {
    for time in times(2) {
      let size = dice.pick([
        Duration.milliseconds(700), .seconds(20), .seconds(600), .seconds(3600),
      ])
      scenario.steps.append(Scenario.Step(time: time, by: dice.chance(0.5) ? size : .zero - size))
    }
  }

  private mutating func addDiskFaults() {
    scenario.disk.failsBefore = dice.pick([0, 0.05, 0.3])
    scenario.disk.failsAfter = dice.pick([0, 0.05, 0.2])
    scenario.disk.failsAccess = dice.pick([0, 0, 0.02])
    scenario.disk.slowest = dice.pick([.zero, .milliseconds(5), .milliseconds(300), .seconds(4)])
  }

  private mutating func addNetworkFaults() {
    scenario.network.loss = dice.pick([0, 0.05, 0.25])
    scenario.network.errors = dice.pick([0, 0.1, 0.4])
    scenario.network.pauses = dice.pick([0, 0.1, 0.3])
    scenario.network.delays = dice.pick([0, 0.1])
    scenario.network.acceptances = dice.pick([0, 0.1])
  }

  /// What is broken on purpose is to be the only fault.
  private mutating func calm(_ breakage: Breakage) {
    let flows = scenario.flows
    scenario = Scenario()
    if let feature = breakage.feature {
      features.add(feature, to: &scenario)
      return
    }
    scenario.flows = flows
    addRequests()
    if breakage == .changesKey { scenario.network.errors = 0.4 }
    if breakage == .widensGate { scenario.limit = (calls: 2, period: 20) }
    if breakage == .replaysTwice { scenario.replay = (mode: 0, isInterrupted: false) }
  }
}
