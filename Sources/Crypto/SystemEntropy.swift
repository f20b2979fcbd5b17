internal import CCrypto
internal import Seams
internal import Synchronization

/// Randomness from libcrypto's generator, which the kernel seeds.
///
/// Small requests are served from a block that is filled at once; bytes are wiped once given out.
package final class SystemEntropy: Entropy {
  private let block = Mutex(Block())

  package init() {}

  package func bytes(_ count: Int) -> [UInt8] {
    precondition(count >= 0, "a count of random bytes cannot be negative")
    guard count <= Block.largestRequest else { return Self.generated(count) }
    return block.withLock { $0.take(count) }
  }

  private struct Block {
    static let byteCount = 4096
    static let largestRequest = 256
    private var bytes: [UInt8] = []
    private var used = 0

    mutating func take(_ count: Int) -> [UInt8] {
      if bytes.count - used < count {
        bytes = SystemEntropy.generated(Self.byteCount)
        used = 0
      }
      let range = used..<used + count
      let taken = Array(bytes[range])
      for index in range { bytes[index] = 0 }
      used += count
      return taken
    }
  }

  private static func generated(_ count: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    precondition(
      RAND_bytes(&bytes, Int32(count)) == 1,
      "libcrypto has no randomness to give"
    )
    return bytes
  }
}
