package import Seams
package import Testing

/// What every `Entropy` promises.
package enum EntropyContract {
  package static func check(
    _ entropy: some Entropy,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    for count in [0, 1, 16, 1000] {
      #expect(entropy.bytes(count).count == count, sourceLocation: sourceLocation)
    }
    #expect(entropy.bytes(32) != entropy.bytes(32), sourceLocation: sourceLocation)
    #expect(Set(entropy.bytes(4096)).count > 200, sourceLocation: sourceLocation)
    let names = (0..<100).map { _ in entropy.uuid() }
    #expect(Set(names).count == 100, sourceLocation: sourceLocation)
    #expect(names.allSatisfy(isUUID), sourceLocation: sourceLocation)
  }

  private static func isUUID(_ text: String) -> Bool {
    let lengths = text.split(separator: "-").map(\.count)
    return lengths == [8, 4, 4, 4, 12] && Array(text)[14] == "4" && "89ab".contains(Array(text)[19])
  }
}
