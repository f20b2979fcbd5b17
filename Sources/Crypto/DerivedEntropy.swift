internal import Seams
internal import Synchronization

/// A repeatable stream of bytes: the same seed and label always give the same bytes.
///
/// Streams with different labels are independent of each other. Not for production secrets unless
/// the seed is one.
///
/// Source: SP 800-108 section 4.1 (KDF in counter mode, HMAC-SHA-256).
package final class DerivedEntropy: Entropy {
  private struct Stream {
    var counter: UInt64 = 0
    var unused: ArraySlice<UInt8> = []
  }

  private let seed: [UInt8]
  private let label: [UInt8]
  private let stream = Mutex(Stream())

  package init(seed: [UInt8], label: String) {
    self.seed = seed
    self.label = Array(label.utf8) + [0]
  }

  package func bytes(_ count: Int) -> [UInt8] {
    precondition(count >= 0, "a count of random bytes cannot be negative")
    return stream.withLock { stream in
      while stream.unused.count < count { stream.unused += nextBlock(&stream.counter) }
      let taken = stream.unused.prefix(count)
      stream.unused.removeFirst(count)
      return Array(taken)
    }
  }

  private func nextBlock(_ counter: inout UInt64) -> [UInt8] {
    defer { counter += 1 }
    let number = withUnsafeBytes(of: counter.bigEndian, Array.init)
    return HMACSHA256.code(key: seed, message: number + label)
  }
}
