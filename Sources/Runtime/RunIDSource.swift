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
    let digits = String(Int64.max - ticks)
    let padded = String(repeating: "0", count: max(0, 20 - digits.count)) + digits
    return RunID(padded + suffix() + "CU00")
  }

  private func suffix() -> String {
    let letters = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
    let bytes = entropy.bytes(4).map { letters[Int($0 & 31)] }
    return String(decoding: bytes, as: UTF8.self)
  }
}
