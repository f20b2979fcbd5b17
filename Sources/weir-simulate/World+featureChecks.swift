import Connectors
import Crypto
import Definitions
import Engine
import HTTPMessages
import OrderedJSON
import Runtime
import Seams
import Simulation
import Synchronization
import Timekeeping

/// What must hold of features once everything is at rest.
extension World {
  func checkFeatures() async {
    if let feed = scenario.feed { checkEvents(1...feed.events.count, of: "polled") }
    let reports = scenario.reports.count
    if reports > 0 { checkEvents(0...reports - 1, of: "hooked") }
    if scenario.batchSize != nil { await checkBatches() }
    if let life = scenario.tokenLife { checkTokens(life) }
    checkAnswers()
    checkTransfers()
  }

  /// Runs that an event started, and no replay or call.
  private func started(_ flow: String) -> [Ledger.Run] {
    ledger.runs.filter { $0.record.flow == flow && $0.record.parent == nil }
  }

  // MARK: Events

  /// Every event of a service started one run.
  private func checkEvents(_ numbers: ClosedRange<Int>, of flow: String) {
    var counts: [Int: Int] = [:]
    for run in started(flow) {
      let body = run.state.started?.trigger["outputs"]?["body"]
      let number = body?["id"]?.integerValue ?? body?.integerValue
      counts[number.map(Int.init) ?? -1, default: 0] += 1
    }
    for number in numbers where counts[number] != 1 {
      let count = counts[number] ?? 0
      let kind: Violation.Kind = count > 1 ? .firedTwice : .unstarted
      ledger.report(Violation(kind, "the event \(number) of '\(flow)' started \(count) runs"))
    }
  }

  // MARK: Batches

  /// Every message that was sent is in one batch, or waits for others.
  private func checkBatches() async {
    let left = (try? await auditor.messages(of: "t", of: "gather", limit: 10_000)) ?? []
    var counts: [String: Int] = [:]
    for message in left { counts[message.id, default: 0] += 1 }
    for run in started("gather") {
      let items = run.state.started?.trigger["outputs"]?["body"]?["items"]?.arrayValue ?? []
      for item in items { counts[item["messageId"]?.stringValue ?? "", default: 0] += 1 }
    }
    for (id, count) in counts where count > 1 {
      ledger.report(Violation(.doubled, "the message \(id) was gathered \(count) times"))
    }
    for id in sentMessages where counts[id] == nil {
      ledger.report(Violation(.lost, "the message \(id) was sent, and is in no batch"))
    }
  }

  private var sentMessages: [String] {
    ledger.runs.filter { $0.record.flow == "send" }.flatMap { run in
      run.state.instances.values.compactMap { instance in
        instance.status == .succeeded
          ? instance.outputs?["body"]?["messageId"]?.stringValue : nil
      }
    }
  }

  // MARK: Tokens

  /// Where nothing goes wrong, a token is renewed when it is due and not before.
  private func checkTokens(_ life: Int) {
    // A process that dies in a bulk of replays may have asked, and not kept the answer.
    guard !scenario.hasFaults, scenario.replay?.isInterrupted != true else { return }
    let times = services.issuer?.times ?? []
    // The first quarter of a short life; see `TokenLife`.
    let least = Duration.seconds(life) / 4 - .seconds(1)
    for (first, second) in zip(times, times.dropFirst()) where second - first < least {
      ledger.report(
        Violation(.renewedTwice, "a token was renewed \((second - first).seconds) s after another")
      )
    }
  }

  // MARK: Answers

  /// What a caller was told is what the run that the message started has answered.
  private func checkAnswers() {
    for (key, body) in answers.withLock({ $0 }) {
      let name = MessageName.name(of: ["Idempotency-Key": key], .openSSL) ?? ""
      let run = started("asked").first { $0.fire?.identity.hasPrefix(name) == true }
      let answer = run.flatMap { Self.answer(of: $0.state) }
      if answer != body || body["run"]?.stringValue != run?.record.id.text {
        let said = answer?.text ?? "nothing"
        ledger.report(
          Violation(.wrongAnswer, "'\(key)' was answered \(body.text), and its run said \(said)")
        )
      }
    }
  }

  private static func answer(of state: RunState) -> JSON? {
    guard let address = state.response else { return nil }
    return state.instances[address]?.outputs?["body"]
  }

  // MARK: Pages and pieces

  /// Results that came in parts are whole.
  private func checkTransfers() {
    for run in ledger.runs where run.record.flow == "wide" {
      for (address, instance) in run.state.instances where instance.status == .succeeded {
        let name = run.state.plan.spelled(address)
        guard let body = instance.outputs?["body"], !isWhole(body, name) else { continue }
        ledger.report(
          Violation(.torn, "the result of '\(name)' in run \(run.record.id) is \(body.text)")
        )
      }
    }
  }

  private func isWhole(_ body: JSON, _ name: String) -> Bool {
    switch name {
    case "Pages": body["value"]?.arrayValue == SimulatedContent.items
    case "Down": body.stringValue == SimulatedContent.text
    case "Up":
      body["upload"]?.integerValue.flatMap { service.content.upload(Int($0)) }
        == SimulatedContent.text
    default: true
    }
  }
}
