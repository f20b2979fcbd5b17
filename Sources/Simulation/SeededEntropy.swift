import Seams
import Synchronization

/// The same randomness for the same seed.
///
/// Source: SplitMix64, https://prng.di.unimi.it/splitmix64.c
package final class SeededEntropy: Entropy {
  private let generator: Mutex<SplitMix>

  package init(seed: UInt64) { generator = Mutex(SplitMix(state: seed)) }

  package func bytes(_ count: Int) -> [UInt8] {
    generator.withLock { $0.bytes(count) }
  }
}
