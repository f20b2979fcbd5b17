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
    let digits = Array(text.utf8)
    let numbers = stride(from: 0, to: digits.count, by: 16).compactMap { start in
      UInt64(
        String(decoding: digits[start..<min(start + 16, digits.count)], as: UTF8.self),
        radix: 16
      )
    }
    guard digits.count == 64, numbers.count == 4 else { return .text(text) }
    let digest = Fingerprint.digest(numbers[0], numbers[1], numbers[2], numbers[3])
    // Whoever wrote it in capitals shall find it so.
    return Self.text(digest) == text ? digest : .text(text)
  }

  private static func text(_ fingerprint: Fingerprint) -> String {
    switch fingerprint {
    case .text(let text): return text
    case .digest(let first, let second, let third, let fourth):
      let digits = Array("0123456789abcdef".utf8)
      return String(unsafeUninitializedCapacity: 64) { buffer in
        for (part, number) in [first, second, third, fourth].enumerated() {
          for place in 0..<16 {
            buffer[16 * part + place] = digits[Int(number >> UInt64(60 - 4 * place) & 15)]
          }
        }
        return 64
      }
    }
  }
}
