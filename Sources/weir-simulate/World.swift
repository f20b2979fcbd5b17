import Crypto
import Engine
import HTTPMessages
import OrderedJSON
import Runtime
import Seams
import Simulation
import Synchronization
import Timekeeping

/// One simulation: a scenario played by real processes on simulated time, network and disk.
final class World: Sendable {
  let seed: UInt64
  let scenario: Scenario
  let breakage: Breakage?
  let clock: SimulatedClock
  let executor: SimulatedExecutor
  let database = MemoryDatabase()
  let vault = MemoryVault()
  let ledger: Ledger
  let trace: Trace
  let flows: SimulatedFlows
  let disk: SimulatedDisk
  let people: Dice
  /// What callers were answered, by the names of their messages.
  let answers = Mutex<[(key: String, body: JSON)]>([])
  /// Processes that die once their write is done.
  let dying = Mutex<Set<Int>>([])
  private let entropy: SeededEntropy
  private let state = Mutex(State())
  private let log = RecordedLog()

  private struct State {
    var processes: [SimulatedProcess] = []
    var count = 0
    var isOver = false
    /// Requests that nobody has taken in yet, and reports that nobody has heard.
    var pending = 0
    var forwardSteps: [Timestamp] = []
    var timersRun = true
    var atCalm: [@Sendable () -> Void] = []
  }

  /// - Throws: `Violation` when the flows of the scenario are no good.
  init(
    seed: UInt64,
    breaking breakage: Breakage? = nil,
    isTraced: Bool = false,
    drawing: Drawing = .latest
  ) throws(Violation) {
    self.seed = seed
    self.breakage = breakage
    var maker = ScenarioMaker(seed: seed)
    scenario = maker.scenario(breaking: breakage, drawing)
    clock = SimulatedClock(now: scenario.start)
    let schedule = Dice(seed, .schedule)
    executor = SimulatedExecutor(
      clock: clock,
      patience: .zero,
      budget: 200_000,
      choose: { schedule.below($0) }
    )
    ledger = Ledger(database: database, vault: vault)
    trace = Trace(isKept: isTraced, clock: clock)
    flows = try SimulatedFlows(scenario.flows, now: clock.now())
    entropy = SeededEntropy(seed: seed)
    disk = SimulatedDisk(scenario, seed: seed, clock: clock)
    people = Dice(seed, .people)
    for (plan, hash) in flows.plans { ledger.know(plan, as: hash) }
  }

  /// The services; made when first used, because they call back.
  private let madeServices = Mutex<SimulatedServices?>(nil)

  var services: SimulatedServices {
    madeServices.withLock { made in
      if let made { return made }
      let services = SimulatedServices(self)
      made = services
      return services
    }
  }

  var service: SimulatedService { services.service }

  // MARK: Tasks and processes

  @discardableResult
  func spawn(_ body: sending @escaping @Sendable () async -> Void) -> Task<Void, Never> {
    Task(executorPreference: executor, operation: body)
  }

  var processes: [SimulatedProcess] { state.withLock { $0.processes } }

  var logged: [Log.Entry] { log.entries }

  /// Whether timers fire; once everything works again, they stop.
  var timersRun: Bool { state.withLock { $0.timersRun } }

  func atCalm(_ body: @escaping @Sendable () -> Void) { state.withLock { $0.atCalm.append(body) } }

  func stopTimers() {
    let bodies = state.withLock { state in
      state.timersRun = false
      defer { state.atCalm = [] }
      return state.atCalm
    }
    for body in bodies { body() }
  }

  var isOver: Bool { state.withLock { $0.isOver } }

  func end() { state.withLock { $0.isOver = true } }

  func add(_ process: SimulatedProcess) { state.withLock { $0.processes.append(process) } }

  func remove(_ process: SimulatedProcess) {
    state.withLock { state in state.processes.removeAll { $0 === process } }
  }

  func nextNumber() -> Int {
    state.withLock { state in
      state.count += 1
      return state.count
    }
  }

  /// Counts what somebody outside still wants.
  func pend(_ change: Int) { state.withLock { $0.pending += change } }

  var pending: Int { state.withLock { $0.pending } }

  var forwardSteps: [Timestamp] { state.withLock { $0.forwardSteps } }

  /// Sets the time of day.
  func step(by duration: Duration) {
    trace.note("the clock is set by \(duration.seconds) s")
    if duration > .zero {
      let time = clock.elapsed
      state.withLock { $0.forwardSteps.append(time) }
    }
    clock.step(by: duration)
  }

  // MARK: Parts of processes

  func environment(of process: Int, _ life: Life) -> Environment {
    let store = MemoryStore(
      database,
      owner: OwnerID("process-\(process)"),
      hooks: hooks(of: process, life)
    )
    let clock = clock.clock(of: process)
    life.atEnd { [weak self] in self?.clock.end(process) }
    return Environment(
      store: store,
      transport: ServiceTransport(
        service: service,
        counterparts: services.counterparts,
        clock: clock,
        life: life,
        breakage: breakage
      ),
      clock: clock,
      entropy: entropy,
      vault: vault,
      log: Log { [weak self] entry in self?.hear(entry, from: process, life) },
      digests: .openSSL,
      executor: executor,
      setting: { $0 == "KEY" ? Secrets.setting : nil }
    )
  }

  var declarations: [ConnectionDeclaration] {
    guard scenario.tokenLife != nil else { return [declaration] }
    let signed = ConnectionDeclaration(
      name: ServiceConnector.signedName,
      connector: ServiceConnector.signedName,
      parameterSet: "client",
      parameters: ["clientId": "weir", "clientSecret": "@appsetting('KEY')"],
      limit: .off
    )
    return [declaration, signed]
  }

  private var declaration: ConnectionDeclaration {
    var limit = ConnectionDeclaration.Limit.off
    if let stated = scenario.limit {
      let calls = stated.calls + (breakage == .widensGate ? 1 : 0)
      limit = .calls(CallLimit(calls: calls, renewalPeriod: .seconds(stated.period)))
    }
    return ConnectionDeclaration(
      name: ServiceConnector.name,
      connector: ServiceConnector.name,
      parameters: ["api_key": "@appsetting('KEY')"],
      limit: limit
    )
  }

  // MARK: Hearing

  private func hear(_ entry: Log.Entry, from process: Int, _ life: Life) {
    log.log.write(entry.level, entry.event, entry.fields)
    guard !life.isOver else { return }
    let fields = entry.fields.map { "\($0.name)=\($0.value)" }.joined(separator: " ")
    trace.note("process \(process) logs \(entry.event) \(fields)")
  }

  /// What a living process says of a run, after it became durable.
  func hear(_ event: RunEvent, _ state: RunState) {
    guard let run = state.started?.run else { return }
    let isEnd = if case .runEnded = event { true } else { false }
    if isEnd || people.chance(0.005) { ledger.compare(state, of: RunID(run)) }
    if breakage == .sendsAgain, case .actionEnded(let ended) = event {
      service.repeatLatest(of: ended.address)
    }
    if isEnd, breakage == .logsSecret {
      log.log.write(.info, "run.ended", [("with", Secrets.setting)])
    }
  }
}
