internal import Crypto
internal import Seams

/// Independent streams of randomness, so that one use of it does not shift another.
struct EntropySources: Sendable {
  /// What the state file keeps, so that keys stay and ids do not come again.
  private struct Origin: Codable, Sendable {
    let seed: [UInt8]
    var starts: Int
  }

  private let seed: [UInt8]
  private let start: Int

  init(seed: UInt64?, entropy: any Entropy, on shelf: StateShelf) {
    let given = seed.map { withUnsafeBytes(of: $0.bigEndian, Array.init) } ?? entropy.bytes(32)
    let origin = StateCell("origin", Origin(seed: given, starts: 0), on: shelf)
    self.seed = origin.current.seed
    start = origin.change { origin in
      origin.starts += 1
      return origin.starts
    }
  }

  /// A stream that is another one after each start with the same state file: for ids.
  func stream(_ label: String) -> DerivedEntropy {
    lasting(start == 1 ? label : "\(label) (start \(start))")
  }

  /// A stream that begins anew with each start: for keys.
  func lasting(_ label: String) -> DerivedEntropy {
    DerivedEntropy(seed: seed, label: "azure sandbox " + label)
  }
}
