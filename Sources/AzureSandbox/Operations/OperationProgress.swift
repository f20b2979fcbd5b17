internal import Timekeeping

/// How far an operation is that goes on by itself while time passes.
///
/// It takes two steps of `SandboxConfiguration.operationStep`: one waiting, one running. The first
/// poll never sees its end, unless steps take no time at all.
///
/// Source: Azure Communication fact sheet, section 8.7.
struct OperationProgress: Codable, Sendable {
  enum Stage: Sendable {
    case waiting
    case running
    case ended
  }

  let begun: Timestamp
  private var wasPolled = false

  init(begun: Timestamp) { self.begun = begun }

  /// Looks at the operation, and counts that as a poll.
  mutating func poll(at now: Timestamp, step: Duration) -> Stage {
    defer { wasPolled = true }
    let stage = stage(at: now, step: step)
    guard stage == .ended, !wasPolled, step > .zero else { return stage }
    return .running
  }

  /// How far it is, whether anybody looks or not.
  func stage(at now: Timestamp, step: Duration) -> Stage {
    now >= begun + step * 2 ? .ended : now >= begun + step ? .running : .waiting
  }

  /// When it came to its end, or will.
  func end(step: Duration) -> Timestamp { begun + step * 2 }

  /// The `Retry-After` of an operation that goes on: whole seconds, at least one unless steps take
  /// no time at all.
  static func retryAfter(step: Duration) -> String {
    step > .zero ? String(max(1, Int64((step * 2).seconds.rounded(.up)))) : "0"
  }
}
