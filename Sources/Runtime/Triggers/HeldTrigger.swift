import Seams
import Timekeeping

/// A row of the book in as little memory as it needs; there are hundreds of thousands.
struct HeldTrigger: Sendable {
  /// A fingerprint, as numbers if it is one.
  private enum Fingerprint: Sendable {
    case digest(UInt64, UInt64, UInt64, UInt64)
    case text(String)
  }

  let flow: String
  let trigger: String
  private var fingerprint: Fingerprint
  private var enabled: Timestamp
  /// The last instant there is stands for none, as in `last`.
  private var dueOrNever: Timestamp
  private var lastOrNever: Timestamp
  private var sealed: [UInt8]?
  private var isPaused: Bool
  /// Whether somebody sees to it, or changes it, now.
  var isBusy = false
  /// How often in a row it could not be seen to.
  var failures: UInt8 = 0
  /// Grows with each change of the time at which it is due.
  var version: UInt32 = 0
  /// The next entry of the same flow; negative when there is none.
  var sibling: Int32 = -1

  init(_ row: StoredTrigger) {
    flow = row.flow
    trigger = row.trigger
    fingerprint = Self.held(row.fingerprint)
    enabled = row.enabled
    dueOrNever = row.due ?? .distantFuture
    lastOrNever = row.last ?? .distantFuture
    sealed = row.sealed
    isPaused = row.isPaused
  }

  var due: Timestamp? { dueOrNever == .distantFuture ? nil : dueOrNever }

  /// The row as it is stored.
  var stored: StoredTrigger {
    get {
      StoredTrigger(
        flow: flow,
        trigger: trigger,
        fingerprint: Self.text(fingerprint),
        enabled: enabled,
        isPaused: isPaused,
        due: due,
        last: lastOrNever == .distantFuture ? nil : lastOrNever,
        sealed: sealed
      )
    }
    set {
      var next = HeldTrigger(newValue)
      next.isBusy = isBusy
      next.failures = failures
      next.version = version
      next.sibling = sibling
      self = next
    }
  }

  // MARK: Fingerprints

  private static func held(_ text: String) -> Fingerprint {
    var numbers: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    var count = 0
    for byte in text.utf8 {
      // Whoever wrote it in capitals shall find it so.
      guard count < 64, let digit = digit(byte) else { return .text(text) }
      switch count >> 4 {
      case 0: numbers.0 = numbers.0 << 4 | digit
      case 1: numbers.1 = numbers.1 << 4 | digit
      case 2: numbers.2 = numbers.2 << 4 | digit
      default: numbers.3 = numbers.3 << 4 | digit
      }
      count += 1
    }
    return count == 64
      ? .digest(numbers.0, numbers.1, numbers.2, numbers.3) : .text(text)
  }

  private static func digit(_ byte: UInt8) -> UInt64? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(byte - UInt8(ascii: "a") + 10)
    default: nil
    }
  }

  private static func text(_ fingerprint: Fingerprint) -> String {
    switch fingerprint {
    case .text(let text): return text
    case .digest(let first, let second, let third, let fourth):
      return String(unsafeUninitializedCapacity: 64) { buffer in
        for (part, number) in [first, second, third, fourth].enumerated() {
          for place in 0..<16 {
            let digit = UInt8(number >> UInt64(60 - 4 * place) & 15)
            buffer[16 * part + place] = digit + (digit < 10 ? 48 : 87)
          }
        }
        return 64
      }
    }
  }
}
