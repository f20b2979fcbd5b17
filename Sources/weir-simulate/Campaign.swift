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
  private(set) var failures: [Failure] = []
  private(set) var simulations = 0
  /// Runs of flows in all simulations.
  private(set) var flowRuns = 0
  private var elapsed = Duration.zero

  init(_ options: Options, say: @escaping (String) -> Void) {
    self.options = options
    self.say = say
  }

  mutating func run() {
    let start = ContinuousClock.now
    for number in 0..<options.runs {
      simulate(options.seed &+ UInt64(number))
      elapsed = ContinuousClock.now - start
      if simulations % 100_000 == 0 { say(summary) }
    }
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
