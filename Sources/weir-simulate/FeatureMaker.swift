import OrderedJSON
import Timekeeping

/// Draws what the features of a scenario do, and adds the flows that they need.
///
/// It has a stream of its own, so that what the seeds drew before there were features stays as it
/// was.
struct FeatureMaker {
  private let dice: Dice
  private let pauseDice: Dice

  init(seed: UInt64) {
    dice = Dice(seed, .features)
    pauseDice = Dice(seed, .pauses)
  }

  /// Adds to what a seed drew before there were features.
  func complete(_ scenario: inout Scenario) {
    if scenario.timer == nil {
      for feature in features() { add(feature, to: &scenario) }
      // One server at a time looks after such triggers: the lock of the data folder sees to that.
      if scenario.hasActiveTriggers { scenario.processCount = 1 }
    } else if dice.chance(0.4) {
      changeClocks(&scenario)
    }
    guard scenario.hasFaults, dice.chance(0.4) else { return }
    scenario.disk.failsAfterWrite = dice.pick([0, 0.02, 0.1])
    scenario.disk.deathsAfterWrite = dice.pick([0, 0.005, 0.02])
  }

  /// Lets the timer follow a zone whose clocks are changed meanwhile.
  private func changeClocks(_ scenario: inout Scenario) {
    let (start, local) = dice.pick([
      // Half a minute before 02:00 becomes 03:00, and before 03:00 becomes 02:00.
      ("2026-03-29T00:59:30Z", "2026-03-29T01:59:00"),
      ("2026-10-25T00:59:30Z", "2026-10-25T02:59:00"),
    ])
    scenario.start = Timestamp(iso8601: start) ?? scenario.start
    let zone: JSON = "W. Europe Standard Time"
    for index in scenario.flows.indices where scenario.flows[index].name == "timer" {
      scenario.flows[index].file = scenario.flows[index].file.setting(
        ["definition", "triggers", "t", "recurrence", "startTime"],
        .string(local)
      ).setting(["definition", "triggers", "t", "recurrence", "timeZone"], zone)
    }
  }

  private func features() -> [Feature] {
    guard dice.chance(0.4) else { return [] }
    let first = dice.pick(Feature.allCases)
    let second = dice.chance(0.25) ? dice.pick(Feature.allCases) : first
    return first == second ? [first] : [first, second]
  }

  func add(_ feature: Feature, to scenario: inout Scenario) {
    scenario.features.insert(feature)
    switch feature {
    case .polling: addPolling(&scenario)
    case .webhook: addWebhook(&scenario)
    case .batch: addBatch(&scenario)
    case .token: addToken(&scenario)
    case .answer: addCalled("asked", FeatureFlows.answering(waits: dice.chance(0.5)), &scenario)
    case .transfer: addCalled("wide", FeatureFlows.transferring, &scenario)
    }
  }

  private func times(_ most: Int) -> [Duration] {
    (0...dice.below(most)).map { _ in dice.time(.seconds(60)) }.sorted()
  }

  // MARK: Triggers

  private func addPolling(_ scenario: inout Scenario) {
    scenario.feed = Scenario.Feed(
      events: times(6),
      isSplit: dice.chance(0.3),
      isSecret: dice.chance(0.3)
    )
    var trigger: JSONObject = [
      "type": "Http",
      "recurrence": ["frequency": "Second", "interval": .integer(Int64(dice.pick([5, 10, 20])))],
      "inputs": ["method": "GET", "uri": "https://\(SimulatedFeed.host)/events"],
    ]
    if scenario.feed?.isSplit == true { trigger["splitOn"] = "@triggerBody()?['items']" }
    configure(&trigger, isSecret: scenario.feed?.isSecret == true)
    var maker = FlowMaker(dice, actions: 2)
    scenario.flows.append((name: "polled", file: maker.flow(.object(trigger))))
  }

  private func addWebhook(_ scenario: inout Scenario) {
    scenario.reports = times(4)
    func request(_ path: String) -> JSON {
      [
        "method": "POST", "uri": .string("https://\(SimulatedSubscribers.host)/\(path)"),
        "body": ["url": "@listCallbackUrl()"],
      ]
    }
    var trigger: JSONObject = [
      "type": "HttpWebhook",
      "inputs": ["subscribe": request("subscribe"), "unsubscribe": request("unsubscribe")],
    ]
    configure(&trigger, isSecret: false)
    var maker = FlowMaker(dice, actions: 2)
    scenario.flows.append((name: "hooked", file: maker.flow(.object(trigger))))
  }

  /// Lets somebody pause the trigger that subscribes; one that polls would begin from the start.
  func addPauses(_ scenario: inout Scenario) {
    guard scenario.features.contains(.webhook), pauseDice.chance(0.5) else { return }
    scenario.pauses = (0...pauseDice.below(3)).map { _ in
      let length = pauseDice.time(pauseDice.pick([.milliseconds(200), .seconds(20)]))
      return Scenario.Pause(time: pauseDice.time(.seconds(60)), length: length)
    }
  }

  private func configure(_ trigger: inout JSONObject, isSecret: Bool) {
    var configuration = JSONObject()
    if dice.chance(0.25) { configuration["concurrency"] = ["runs": 1, "maximumWaitingRuns": 3] }
    if isSecret { configuration["secureData"] = ["properties": ["inputs", "outputs"]] }
    if !configuration.isEmpty { trigger["runtimeConfiguration"] = .object(configuration) }
  }

  // MARK: Actions

  private func addBatch(_ scenario: inout Scenario) {
    let size = 2 + dice.below(3)
    scenario.batchSize = size
    scenario.flows.append((name: "gather", file: FeatureFlows.gathering(size)))
    addCalled("send", FeatureFlows.sending(1 + dice.below(4)), &scenario)
  }

  private func addToken(_ scenario: inout Scenario) {
    scenario.tokenLife = dice.pick([20, 60, 600])
    var maker = FlowMaker(dice, actions: 2 + dice.below(5), connections: ["service", "signed"])
    let request: JSON = ["type": "Request", "kind": "Http"]
    addCalled("signing", maker.flow(request), &scenario)
  }

  private func addCalled(_ name: String, _ file: JSON, _ scenario: inout Scenario) {
    scenario.flows.append((name: name, file: file))
    for number in 0...dice.below(3) {
      scenario.requests.append(
        Scenario.Request(
          flow: name,
          key: "\(name)-\(number)",
          time: dice.time(.seconds(30)),
          copies: dice.chance(0.15) ? 2 : 1,
          body: ["id": .integer(Int64(number))],
          runs: 1
        )
      )
    }
  }
}

extension JSON {
  /// The value with another one at a path of members.
  fileprivate func setting(_ path: ArraySlice<String>, _ value: JSON) -> JSON {
    guard let name = path.first else { return value }
    var object = objectValue ?? JSONObject()
    object[name] = (object[name] ?? [:]).setting(path.dropFirst(), value)
    return .object(object)
  }

  fileprivate func setting(_ path: [String], _ value: JSON) -> JSON { setting(path[...], value) }
}
