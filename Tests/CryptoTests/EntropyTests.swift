import Crypto
import Seams
import Testing

struct EntropyTests {
  @Test(arguments: [0, 1, 16, 256, 257, 4096, 10_000])
  func `system randomness has the length asked for`(_ count: Int) {
    #expect(SystemEntropy().bytes(count).count == count)
  }

  @Test func `system randomness never repeats, also across tasks`() async {
    let entropy = SystemEntropy()
    let all = await withTaskGroup(of: [[UInt8]].self) { group in
      for _ in 0..<8 { group.addTask { (0..<500).map { _ in entropy.bytes(16) } } }
      return await group.reduce(into: Set<[UInt8]>()) { $0.formUnion($1) }
    }
    #expect(all.count == 4000)
  }

  @Test func `a derived stream repeats for the same seed and label only`() {
    let stream = { (seed: [UInt8], label: String) in
      DerivedEntropy(seed: seed, label: label).bytes(50)
    }
    #expect(stream([1], "a") == stream([1], "a"))
    #expect(stream([1], "a") != stream([1], "b"))
    #expect(stream([1], "a") != stream([2], "a"))
  }

  @Test func `a derived stream does not depend on how it is cut`() {
    let whole = DerivedEntropy(seed: [7], label: "x").bytes(100)
    let cut = DerivedEntropy(seed: [7], label: "x")
    #expect([1, 31, 0, 33, 35].flatMap(cut.bytes) == whole)
  }
}
