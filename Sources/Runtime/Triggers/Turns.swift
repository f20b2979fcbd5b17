/// Whose turn it is, among tasks of an actor that do something one after the other.
///
/// A task waits while it is somebody's turn, takes its own, and ends it; all that wait then look
/// again, in the order in which they came.
struct Turns: Sendable {
  private(set) var isTaken = false
  private var waiting: [CheckedContinuation<Void, Never>] = []

  /// Resumes a task when the turn under way ends.
  mutating func wait(_ continuation: CheckedContinuation<Void, Never>) {
    waiting.append(continuation)
  }

  mutating func take() { isTaken = true }

  mutating func end() {
    isTaken = false
    let woken = waiting
    waiting = []
    for waiter in woken { waiter.resume() }
  }
}
