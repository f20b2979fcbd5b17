import Contracts
import Seams
import Simulation
import Testing

@Suite struct SeamValueTests {
  @Test func `a memory vault keeps the contract of a vault`() throws {
    try VaultContract.check(MemoryVault())
  }

  @Test func `a memory vault opens only under its key`() throws {
    let sealed = try MemoryVault(key: 1).seal([1, 2, 3], for: "x")
    #expect(throws: VaultFailure.self) { try MemoryVault(key: 2).open(sealed, for: "x") }
  }

  @Test func `seeded entropy keeps the contract of entropy`() {
    EntropyContract.check(SeededEntropy(seed: 7))
  }

  @Test func `the same seed gives the same bytes`() {
    #expect(SeededEntropy(seed: 7).bytes(40) == SeededEntropy(seed: 7).bytes(40))
    #expect(SeededEntropy(seed: 7).bytes(40) != SeededEntropy(seed: 8).bytes(40))
  }

  @Test func `a recorded log keeps its entries in order`() {
    let recorded = RecordedLog()
    recorded.log.write(.info, "run.started", [(name: "run", value: "r")])
    recorded.log.write(.error, "run.failed")
    #expect(
      recorded.entries == [
        Log.Entry(.info, "run.started", [(name: "run", value: "r")]),
        Log.Entry(.error, "run.failed"),
      ]
    )
  }
}
