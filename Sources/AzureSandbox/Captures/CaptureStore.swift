/// The most recent mails and SMS messages, which `/_sandbox` shows.
final class CaptureStore: Sendable {
  private let captures: StateCell<[Capture]>
  private let capacity: Int

  init(capacity: Int, on shelf: StateShelf) {
    self.capacity = capacity
    captures = StateCell("captures", [], on: shelf)
  }

  func add(_ capture: Capture) {
    captures.change { captures in
      captures.append(capture)
      if captures.count > capacity { captures.removeFirst(captures.count - capacity) }
    }
  }

  /// At most so many of one kind, newest first.
  func recent(_ kind: Capture.Kind, limit: Int = .max) -> [Capture] {
    captures.read { $0.filter { $0.kind == kind }.suffix(limit).reversed() }
  }

  func clear() { captures.change { $0 = [] } }
}
