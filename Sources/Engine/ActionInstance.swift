package import Definitions
package import OrderedJSON
package import Timekeeping

/// The record of one action instance as the journal tells it.
package struct ActionInstance: Equatable, Sendable {
  package var status: ActionStatus
  package var code: String?
  package var startTime: Timestamp
  package var endTime: Timestamp?
  package var inputs: JSON?
  package var outputs: JSON?
  package var error: JSON?
  package var trackedProperties: JSON?
  package var attempts: [Attempt] = []
  package var secrecy: Secrecy = .none
  /// When a waiting action goes on, or when the next attempt may leave.
  package var due: Timestamp?
  package var pollLocation: String?
  /// When the first request left, for services that want to know it in every repetition.
  package var firstSent: Timestamp?
  /// Which block a condition or switch took.
  package var branch: Int?
  package var loop: LoopProgress?
  /// What names the subscription of a webhook, when the service said.
  package var subscriptionLocation: String?
  /// Whether the result is that of the run that this one repeats.
  package var isCarried = false
}

/// How far a loop has come.
package struct LoopProgress: Equatable, Sendable {
  /// The elements of a Foreach; empty for an Until.
  package var items: [JSON]
  /// Iterations begun.
  package var started = 0
  /// Iterations begun and not ended, in the order in which they began.
  package var running: [Int] = []
  /// Whether an Until needs no further iteration.
  package var isDone = false
  /// What the ended iterations come to: the worst for a Foreach, the last for an Until.
  package var status: ActionStatus = .succeeded
}
