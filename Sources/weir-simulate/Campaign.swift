import OrderedJSON

/// Many simulations, one after the other.
struct Campaign {
  /// What one seed violated.
  struct Failure {
    var seed: UInt64
    var violations: [Violation]
  }

  private let options: Options
  private let say: (String) -> Void
  /// Hears from time to time how far the campaign is.
  private let tell: (String) -> Void
  private(set) var failures: [Failure] = []
  private(set) var simulations = 0
  /// Runs of flows in all simulations.
  private(set) var flowRuns = 0
  private var elapsed = Duration.zero
  private var nextReport = Self.pause

  /// How long there is no word of progress.
  private static let pause = Duration.seconds(10)

  init(
    _ options: Options,
    say: @escaping (String) -> Void,
    tell: @escaping (String) -> Void = { _ in }
  ) {
    self.options = options
    self.say = say
    self.tell = tell
  }

  mutating func run() {
    let start = ContinuousClock.now
    for number in 0..<options.runs {
      simulate(options.seed &+ UInt64(number))
      elapsed = ContinuousClock.now - start
      if elapsed >= nextReport, simulations < options.runs { report() }
    }
  }

  private mutating func report() {
    nextReport = elapsed + Self.pause
    let rest = elapsed * Double(options.runs - simulations) / Double(simulations)
    tell("\(summary); \(options.runs) wanted, about \(rest.components.seconds) s to go")
  }

  private mutating func simulate(_ seed: UInt64) {
    simulations += 1
    var violations: [Violation] = []
    do throws(Violation) {
      let world = try World(seed: seed, breaking: options.breakage, isTraced: options.isVerbose)
      violations = world.play()
      flowRuns += world.ledger.runs.count
      if options.isVerbose { show(world) }
    } catch {
      violations = [error]
    }
    guard !violations.isEmpty else { return }
    failures.append(Failure(seed: seed, violations: violations))
    for violation in violations { say("seed \(seed): \(violation.kind): \(violation.message)") }
  }

  private func show(_ world: World) {
    for flow in world.scenario.flows { say("\(flow.name): \(flow.file.prettyText)") }
    for line in world.trace.lines { say(line) }
  }

  // MARK: Reports

  private var seconds: Double { elapsed / .seconds(1) }

  /// The seeds that failed, in words; `nil` when none did.
  var failedSeeds: String? {
    guard !failures.isEmpty else { return nil }
    return "failed seeds: \(failures.map { "\($0.seed)" }.joined(separator: ", "))"
  }

  var summary: String {
    let rate = seconds > 0 ? Int(Double(simulations) / seconds) : 0
    return """
      \(simulations) simulations with \(flowRuns) runs, \(failures.count) failed; \
      \((seconds * 10).rounded() / 10) s, \(rate) simulations/s
      """
  }

  var json: JSON {
    let failures = failures.map { failure -> JSON in
      [
        "seed": .string("\(failure.seed)"),
        "violations": .array(failure.violations.map(\.json)),
      ]
    }
    return [
      "simulations": .integer(Int64(simulations)), "runs": .integer(Int64(flowRuns)),
      "seconds": .double(seconds), "failed": .integer(Int64(failures.count)),
      "failures": .array(failures),
    ]
  }
}
