internal import Crypto
internal import Seams

/// Independent streams of randomness, so that one use of it does not shift another.
struct EntropySources {
  private let seed: [UInt8]

  init(seed: UInt64?, entropy: any Entropy) {
    self.seed = seed.map { withUnsafeBytes(of: $0.bigEndian, Array.init) } ?? entropy.bytes(32)
  }

  func stream(_ label: String) -> DerivedEntropy {
    DerivedEntropy(seed: seed, label: "azure sandbox " + label)
  }
}
