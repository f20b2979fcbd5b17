/// How a run stands.
///
/// Source: workflow language reference, section f.2.
package enum RunStatus: String, Hashable, Sendable, CaseIterable {
  case running = "Running"
  case waiting = "Waiting"
  case succeeded = "Succeeded"
  case failed = "Failed"
  case cancelled = "Cancelled"
  case timedOut = "TimedOut"

  /// Whether nothing more will happen to the run.
  @inlinable package var isTerminal: Bool { self != .running && self != .waiting }
}
