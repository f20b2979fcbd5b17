package import Timekeeping

/// What a trigger of a served flow keeps between its fires.
package struct StoredTrigger: Hashable, Sendable {
  package var flow: String
  package var trigger: String
  /// Hexadecimal SHA-256 of the trigger's definition; another one means that it was changed.
  package var fingerprint: String
  /// When it was created, changed or enabled last: where a series without start time begins.
  package var enabled: Timestamp
  /// Whether somebody paused it.
  package var isPaused: Bool
  /// When it is to act next; `nil` when it waits for the world, or for nothing any more.
  package var due: Timestamp?
  /// The intended time of its last fire, or the end of its last window; when it looked last, for
  /// what polls or subscribes.
  package var last: Timestamp?
  /// How it goes on: poll location and state, subscription; sealed for `trigger/<flow>/<trigger>`.
  package var sealed: [UInt8]?

  package init(
    flow: String,
    trigger: String,
    fingerprint: String,
    enabled: Timestamp,
    isPaused: Bool = false,
    due: Timestamp? = nil,
    last: Timestamp? = nil,
    sealed: [UInt8]? = nil
  ) {
    self.flow = flow
    self.trigger = trigger
    self.fingerprint = fingerprint
    self.enabled = enabled
    self.isPaused = isPaused
    self.due = due
    self.last = last
    self.sealed = sealed
  }
}
