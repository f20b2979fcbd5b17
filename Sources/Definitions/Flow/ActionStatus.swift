/// How an action stands.
///
/// Source: workflow language reference, section f.1.
package enum ActionStatus: String, Hashable, Sendable, CaseIterable {
  case running = "Running"
  case waiting = "Waiting"
  case succeeded = "Succeeded"
  case failed = "Failed"
  case skipped = "Skipped"
  case timedOut = "TimedOut"
  case cancelled = "Cancelled"

  /// Whether nothing more will happen to the action.
  package var isTerminal: Bool { self != .running && self != .waiting }

  /// Reads a status in any case.
  package init?(ignoringCase text: String) {
    let lowered = text.lowercased()
    guard let match = Self.allCases.first(where: { $0.rawValue.lowercased() == lowered }) else {
      return nil
    }
    self = match
  }
}
