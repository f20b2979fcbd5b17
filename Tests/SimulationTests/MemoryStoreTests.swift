import Contracts
import Engine
import Seams
import Simulation
import Testing

@Suite struct MemoryStoreTests {
  @Test(arguments: StoreScenario.all)
  func `keeps the contract of a store`(_ scenario: StoreScenario) async throws {
    let database = MemoryDatabase()
    try await scenario.run { owner in MemoryStore(database, owner: owner) }
  }

  @Test func `a hook before an append loses it`() async throws {
    let store = MemoryStore(owner: Samples.owner, hooks: StoreHooks(beforeAppend: fail))
    let kind = await failureKind { () async throws(StoreFailure) in
      try await store.append(Samples.creation(RunID("r")))
    }
    #expect(kind == .io)
    let entries = try await store.journal(of: RunID("r"))
    #expect(entries.isEmpty)
  }

  @Test func `a hook after an append fails although it was written`() async throws {
    let store = MemoryStore(owner: Samples.owner, hooks: StoreHooks(afterAppend: fail))
    let kind = await failureKind { () async throws(StoreFailure) in
      try await store.append(Samples.creation(RunID("r")))
    }
    #expect(kind == .io)
    let entries = try await store.journal(of: RunID("r"))
    #expect(entries.count == 1)
  }
}

@Sendable private func fail(_: JournalAppend) async throws(StoreFailure) {
  throw StoreFailure(.io, "as planned")
}
