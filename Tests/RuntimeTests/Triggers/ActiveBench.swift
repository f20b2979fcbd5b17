import Connectors
import Definitions
import Engine
import OrderedJSON
import Runtime
import Seams
import Simulation
import Testing
import Timekeeping

/// A server with triggers that act by themselves, looked after as the book of triggers would.
struct ActiveBench: Sendable {
  let server: IntakeWorld.Server
  let active: ActiveTriggers
  let batches: Batches
  let desk: CallbackDesk

  init(_ server: IntakeWorld.Server, connector: Connector? = nil) async {
    self.server = server
    let environment = server.process.environment
    let connections = Connections(
      environment: environment,
      declarations: [ConnectionDeclaration(name: "c", connector: "sample", parameters: [:])],
      connector: { _ in connector }
    )
    batches = server.process.batches
    await batches.open(catalog: server.catalog, intake: server.intake)
    let sender = BatchSender(
      base: HTTPPerformer(environment: environment, connections: connections),
      batches: batches,
      environment: environment
    )
    active = ActiveTriggers(
      environment: environment,
      ActiveTriggers.Parts(
        flows: server.flows,
        intake: server.intake,
        performer: sender,
        connections: connections,
        batches: batches,
        addresses: server.addresses,
        base: IntakeWorld.address
      )
    )
    desk = CallbackDesk(server, subscriptions: active)
  }

  private var clock: any Clock { server.process.environment.clock }

  /// The row of the trigger; a new one is due at once.
  func row(_ flow: String = "f", _ trigger: String = "t") async throws -> StoredTrigger {
    if let row = try await server.store.trigger(trigger, of: flow) { return row }
    let now = clock.now()
    let row = StoredTrigger(
      flow: flow,
      trigger: trigger,
      fingerprint: "1",
      enabled: now,
      due: now
    )
    try await server.store.saveTriggers([row])
    return row
  }

  /// Lets the trigger act when it is due, so often; returns the seconds at which it did.
  @discardableResult
  func rounds(_ count: Int) async throws -> [Int] {
    let flow = try #require(server.catalog.flow("f"))
    let trigger = try #require(flow.triggers.first)
    var times: [Int] = []
    for _ in 0..<count {
      let row = try await row()
      if let due = row.due { try await clock.sleep(until: due) }
      times.append(Int((clock.now() - Timestamp(seconds: 1_767_225_600)).seconds))
      let due = await active.poll(trigger, of: flow, row)
      // What it returns is durable; a failure of the store leaves the row as it was.
      let kept = try await self.row().due
      #expect(kept == due)
    }
    return times
  }

  func leave() async throws { _ = try await active.leave("t", of: "f", try await row()) }
}
