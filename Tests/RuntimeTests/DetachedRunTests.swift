import Definitions
import Engine
import HTTPMessages
import OrderedJSON
import Runtime
import Seams
import Simulation
import Testing
import Timekeeping

/// Runs that one process begins and another one drives.
@Suite struct DetachedRunTests {
  private static let request = """
    {"triggers": {"manual": {"type": "Request"}}, "actions": {
    "Wait": {"type": "Wait", "inputs": {"interval": {"count": 1, "unit": "Second"}}},
    "Send": {"type": "Http", "inputs": {"method": "POST", "uri": "https://h/send"}}}}
    """

  private func world() -> SimulatedWorld {
    SimulatedWorld { _, _ in .respond(IdentityService.json(200, [:])) }
  }

  private func flow(_ text: String = request) throws -> Flow {
    try SimulatedWorld.flow("order", Array(text.utf8))
  }

  @Test func `a detached run is durable and sends nothing until somebody takes it over`() throws {
    let world = world()
    let flow = try flow()
    let state = try world.executor.run {
      let first = world.process("first")
      let driver = try await first.start(flow, origin: RunOrigin(isDetached: true))
      #expect(await driver.current.status == .running)
      #expect(first.worker.live.count == 0)
      try await world.clock.sleep(until: world.clock.now() + .seconds(60))
      #expect(world.transport.requests.isEmpty)
      await first.environment.store.close()
      return try await world.process("second").worker.takeOver(driver.run).end()
    }
    #expect(state.status == .succeeded)
    #expect(world.transport.requests.map(\.path) == ["/send"])
  }

  @Test func `a detached run that asks nothing of the world is over at once`() throws {
    let world = world()
    let flow = try flow(
      """
      {"triggers": {"manual": {"type": "Request"}}, "actions": {
      "Say": {"type": "Compose", "inputs": "hello"}}}
      """
    )
    let state = try world.executor.run {
      try await world.process("first").start(flow, origin: RunOrigin(isDetached: true)).current
    }
    #expect(state.status == .succeeded)
  }

  @Test func `a run that could not be stored is refused though it is detached`() throws {
    let world = world()
    let flow = try flow()
    try world.executor.run {
      let process = world.process("first", hooks: .dying(at: 1, after: false))
      await #expect(throws: RuntimeFailure.self) {
        try await process.start(flow, origin: RunOrigin(isDetached: true))
      }
    }
  }

  @Test func `detached replays send nothing until somebody takes them over`() throws {
    let world = world()
    let flow = try flow()
    try world.executor.run {
      let first = world.process("first")
      let parents = try await first.endedRuns(3, of: flow)
      let detached = BulkReplay(
        replay: first.replay,
        environment: first.environment,
        isDetached: true
      )
      let bulk = try await detached.intend(parents, .init())
      try await detached.carryOut(bulk, concurrency: 1) { outcome in
        guard case .replayed(_, _, .running) = outcome else {
          Issue.record("\(outcome)")
          return
        }
      }
      #expect(try await detached.unfinished().isEmpty)
      #expect(world.transport.requests.count == 3)
      await first.environment.store.close()
      try await world.process("second").finishInterrupted()
    }
    #expect(world.transport.requests.count == 6)
  }
}
