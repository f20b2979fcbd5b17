import Definitions
import Diagnostics
import Engine
import OrderedJSON
import Seams
import Simulation
import Synchronization
import Testing
import Timekeeping

@testable import Runtime

@Suite struct CompiledFlowsTests {
  /// Flows `f0`, `f1` and so on, with a count of how often each was compiled.
  private struct Bench {
    let flows: CompiledFlows
    let catalog: FlowCatalog
    let compiled: Compiled

    final class Compiled: Sendable {
      private let names = Mutex<[String]>([])
      var all: [String] { names.withLock { $0 } }
      func add(_ name: String) { names.withLock { $0.append(name) } }
    }

    init(_ server: IntakeWorld.Server, capacity: Int, aheadCapacity: Int) {
      let (compiled, inner) = (Compiled(), server.catalog)
      self.compiled = compiled
      catalog = FlowCatalog { served throws(Diagnostic) in
        compiled.add(served.name)
        return try await inner.prepared(served)
      }
      for flow in inner.flows { catalog.put(flow) }
      flows = CompiledFlows(
        catalog: catalog,
        environment: server.process.environment,
        capacity: capacity,
        aheadCapacity: aheadCapacity
      )
    }

    func served(_ name: String) throws -> ServedFlow { try #require(catalog.flow(name)) }
  }

  private static func with(
    _ count: Int,
    capacity: Int,
    aheadCapacity: Int,
    _ body: @escaping @Sendable (Bench) async throws -> Void
  ) throws {
    let world = IntakeWorld()
    try world.run {
      let names = (0..<count).map { "f\($0)" }
      let flows = Dictionary(uniqueKeysWithValues: names.map { ($0, IntakeWorld.flow([:])) })
      let server = try await world.server(flows)
      try await body(Bench(server, capacity: capacity, aheadCapacity: aheadCapacity))
    }
  }

  @Test func `a flow made ready ahead of time is not compiled again when it is used`() throws {
    try Self.with(5, capacity: 2, aheadCapacity: 5) { bench in
      for index in 0..<5 { await bench.flows.prepare(try bench.served("f\(index)")) }
      #expect(bench.flows.counts == (0, 5))
      for index in 0..<5 { _ = try await bench.flows.flow(bench.served("F\(index)")) }
      #expect(bench.compiled.all == ["f0", "f1", "f2", "f3", "f4"])
      #expect(bench.flows.counts == (2, 0))
    }
  }

  @Test func `only so many are ready ahead of time, and none at the cost of used ones`() throws {
    try Self.with(6, capacity: 2, aheadCapacity: 3) { bench in
      _ = try await bench.flows.flow(bench.served("f0"))
      for index in 1..<6 { await bench.flows.prepare(try bench.served("f\(index)")) }
      #expect(bench.flows.counts == (1, 3))
      for name in ["f0", "f5", "f1"] { _ = try await bench.flows.flow(bench.served(name)) }
      #expect(bench.compiled.all == ["f0", "f1", "f2", "f3", "f4", "f5", "f1"])
    }
  }

  @Test func `a change drops what was made ready`() throws {
    try Self.with(1, capacity: 2, aheadCapacity: 3) { bench in
      let flow = try bench.served("f0")
      await bench.flows.prepare(flow)
      bench.catalog.put(flow)
      #expect(bench.flows.counts == (0, 0))
      _ = try await bench.flows.flow(flow)
      #expect(bench.compiled.all == ["f0", "f0"])
    }
  }

  @Test func `a flow that cannot be compiled is tried again when it is due`() throws {
    try Self.with(1, capacity: 2, aheadCapacity: 3) { bench in
      var flow = try bench.served("f0")
      flow.name = "broken"
      await bench.flows.prepare(flow)
      #expect(bench.flows.counts == (0, 0))
      let broken = flow
      await #expect(throws: Diagnostic.self) { _ = try await bench.flows.flow(broken) }
    }
  }
}
