import Connectors
import Crypto
import Definitions
import Diagnostics
import Engine
import HTTPMessages
import OrderedJSON
import Runtime
import Seams
import Simulation
import Timekeeping

/// One server process: the runtime wired as `weir server start` does it.
final class SimulatedProcess: Sendable {
  let number: Int
  let life: Life
  let environment: Environment
  let worker: Worker
  let connections: Connections
  let catalog: FlowCatalog
  let roster: RunRoster
  private let intake: RunIntake
  private let receiver: CallbackReceiver
  private let addresses: CallbackAddresses
  private let book: TriggerBook?
  private let active: ActiveTriggers?
  private let batches: Batches

  static let address = "https://weir.example"

  /// Wires a process and sets it to work.
  ///
  /// - Throws: `RuntimeFailure` when the store fails meanwhile; the process is no good then.
  init(_ world: World, number: Int) async throws {
    self.number = number
    life = Life()
    let base = world.environment(of: number, life)
    let keys = CallbackKeys(environment: base)
    addresses = CallbackAddresses(environment: base, keys: keys)
    let runs = try await addresses.runs(base: Self.address)
    var environment = base
    environment.callbackURL = { runs.action($0, $1) }
    environment.traceparent = { state, address in
      ServiceRequest.mark(state.started?.run ?? "", address)
    }
    self.environment = environment
    connections = Connections(
      environment: environment,
      declarations: world.declarations,
      connector: { name in
        name == ServiceConnector.name
          ? ServiceConnector.connector : ServiceConnector.signedConnector
      }
    )
    batches = Batches(environment: environment)
    let performer = BatchSender(
      base: HTTPPerformer(environment: environment, connections: connections),
      batches: batches,
      environment: environment
    )
    let flows = world.flows
    worker = Worker(
      environment: environment,
      performer: performer,
      flows: FlowSupply { name throws(Diagnostic) in try flows.flow(name) },
      leavesLongWaits: true
    )
    catalog = FlowCatalog { served throws(Diagnostic) in try flows.flow(served.name) }
    for served in flows.served { catalog.put(served) }
    let compiled = CompiledFlows(catalog: catalog, environment: environment)
    intake = RunIntake(worker: worker, catalog: catalog, flows: compiled)
    roster = RunRoster(worker: worker)
    active =
      world.scenario.hasActiveTriggers
      ? ActiveTriggers(
        environment: environment,
        ActiveTriggers.Parts(
          flows: compiled,
          intake: intake,
          performer: performer,
          connections: connections,
          batches: batches,
          addresses: addresses,
          base: Self.address
        )
      ) : nil
    receiver = CallbackReceiver(
      CallbackReceiver.Parts(
        worker: worker,
        catalog: catalog,
        flows: compiled,
        intake: intake,
        delivery: roster,
        keys: keys,
        runs: runs,
        subscriptions: active
      )
    )
    book =
      world.scenario.timer == nil && active == nil
      ? nil
      : TriggerBook(environment: environment, catalog: catalog, intake: intake, poller: active)
    try await begin(world)
  }

  private func begin(_ world: World) async throws {
    worker.observe { [life] event, state in
      if !life.isOver { world.hear(event, state) }
    }
    if active != nil { await batches.open(catalog: catalog, intake: intake) }
    try await active?.recover()
    try await book?.open()
    try await intake.recover()
    await roster.start()
    guard let book, world.timersRun else { return }
    let running = world.spawn { await book.run() }
    life.atEnd { running.cancel() }
    world.atCalm { running.cancel() }
  }

  /// Answers a request from outside; `nil` when the process dies first, or nobody answers in time.
  func receive(_ request: HTTPRequest, _ world: World) async -> HTTPResponse? {
    let race = Race<HTTPResponse?>()
    life.atEnd { race.settle(nil) }
    _ = world.spawn { [receiver] in race.settle(await receiver.receive(request)) }
    let patience = world.spawn { [clock = world.clock] in
      if (try? await clock.pause(for: .seconds(240))) != nil { race.settle(nil) }
    }
    defer { patience.cancel() }
    return await race.value()
  }

  /// The signed address of a flow's trigger.
  ///
  /// - Throws: `RuntimeFailure` when its key cannot be read.
  func address(of flow: String) async throws -> String? {
    guard let trigger = catalog.flow(flow)?.triggers.first else { return nil }
    let document = try await addresses.address(of: trigger, flow: flow, base: Self.address)
    return document?["value"]?.stringValue
  }

  /// Pauses or resumes the trigger of a flow; `false` when it fails, or the process dies first.
  func setPaused(_ isPaused: Bool, _ flow: String, _ world: World) async -> Bool {
    let race = Race<Bool>()
    life.atEnd { race.settle(false) }
    _ = world.spawn { [book] in
      let done: Void? = try? await book?.setPaused(isPaused, trigger: "t", of: flow)
      race.settle(done != nil)
    }
    return await race.value()
  }

  /// Lets requests in flight finish, as SIGTERM does.
  func stop() async {
    await roster.stop(by: environment.clock.now() + .seconds(30))
  }
}
