package import Seams
package import Timekeeping

/// How the gate of a connection stands: who waits, and how full its window is.
package struct GateStatus: Hashable, Sendable {
  /// `nil` when calls are not limited.
  package var limit: CallLimit?
  /// How many calls are in the window; `nil` without a limit.
  package var used: Int?
  /// How many calls of this process wait.
  package var waiting: Int
  /// Until when the service asked for quiet.
  package var closedUntil: Timestamp?
}
