import Synchronization

/// Answers that are used up in order.
final class Script: Sendable {
  private let rest: Mutex<ArraySlice<ScriptedAnswer>>

  init(_ answers: [ScriptedAnswer]) { rest = Mutex(answers[...]) }

  /// The next answer; `refused` after the last.
  func next() -> ScriptedAnswer { rest.withLock { $0.popFirst() } ?? .refused }
}
