import Engine
import Seams
import Synchronization
import Timekeeping

/// Makes names for runs that sort newest first, as the product's do.
///
/// Source: workflow language reference, section f.6.
final class RunIDSource: Sendable {
  private let clock: any Clock
  private let entropy: any Entropy
  private let last = Mutex<Int64>(0)

  init(clock: any Clock, entropy: any Entropy) {
    self.clock = clock
    self.entropy = entropy
  }

  /// Nineteen digits that fall as time goes on, four random characters, `CU00`.
  func next() -> RunID {
    let now = clock.now().ticks
    let ticks = last.withLock { last in
      last = max(last + 1, now)
      return last
    }
    let random = entropy.bytes(4)
    let text = String(unsafeUninitializedCapacity: 28) { text in
      var rest = Int64.max - ticks
      for place in stride(from: 19, through: 0, by: -1) {
        text[place] = UInt8(ascii: "0") + UInt8(rest % 10)
        rest /= 10
      }
      for place in 0..<4 {
        text[20 + place] = Self.letters.utf8Start[Int(random[place] & 31)]
        text[24 + place] = Self.ending.utf8Start[place]
      }
      return 28
    }
    return RunID(text)
  }

  private static let letters: StaticString = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
  private static let ending: StaticString = "CU00"
}
