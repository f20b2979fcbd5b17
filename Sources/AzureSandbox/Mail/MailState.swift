internal import Timekeeping

/// The mails of one resource.
struct MailState: Codable, Sendable {
  /// By id in lower case.
  private var operations: [String: MailOperation] = [:]
  /// Oldest first.
  private var order: [String] = []

  /// Operations are forgotten when so many newer ones came.
  private static let capacity = 10_000

  mutating func add(_ operation: MailOperation) {
    let key = operation.id.lowercased()
    operations[key] = operation
    order.append(key)
    guard order.count > Self.capacity else { return }
    operations.removeValue(forKey: order.removeFirst())
  }

  /// The operation under an id in any case.
  subscript(id: String) -> MailOperation? { operations[id.lowercased()] }

  /// The operation and how far it is; `nil` for an unknown one.
  mutating func poll(_ id: String, at now: Timestamp, step: Duration)
    -> (MailOperation, OperationProgress.Stage)?
  {
    let key = id.lowercased()
    guard let stage = operations[key]?.progress.poll(at: now, step: step) else { return nil }
    return operations[key].map { ($0, stage) }
  }
}
