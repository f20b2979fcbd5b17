import Timekeeping

/// Triggers that are due soon, decoded ahead of time, by their key in the book.
struct ReadyTriggers: Sendable {
  /// How long before its time a trigger is made ready, and how often to look for such triggers.
  private static let foresight = (ahead: Duration.seconds(4), every: Duration.seconds(1))

  /// How many may be ready; when one more is added, they are all dropped.
  private let capacity: Int
  private var ready: [Int32: ReadyTrigger] = [:]
  /// When somebody last looked for what is due soon.
  private var looked = Timestamp.distantPast
  /// Whether triggers are being made ready.
  private var isPreparing = false

  init(capacity: Int) { self.capacity = capacity }

  /// The time by which what is due is to be made ready now; `nil` when it is too early to look
  /// again, or what was found then is not ready yet.
  mutating func look(at now: Timestamp) -> Timestamp? {
    guard !isPreparing, now >= looked + Self.foresight.every || now < looked else { return nil }
    looked = now
    return now + Self.foresight.ahead
  }

  mutating func beginPreparing() { isPreparing = true }

  mutating func endPreparing() { isPreparing = false }

  /// Decodes a trigger, unless this version of it is ready.
  mutating func add(_ key: Int32, _ name: String, of flow: ServedFlow) {
    guard ready[key]?.isOf(name, flow) != true else { return }
    if ready.count >= capacity { ready.removeAll() }
    ready[key] = ReadyTrigger(name, of: flow)
  }

  /// Takes out a trigger; `nil` unless this version of it is ready.
  mutating func take(_ key: Int32, _ name: String, of flow: ServedFlow) -> ReadyTrigger? {
    ready.removeValue(forKey: key).flatMap { $0.isOf(name, flow) ? $0 : nil }
  }
}
