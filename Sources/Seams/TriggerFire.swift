package import Engine
package import Timekeeping

/// One event of a trigger: the entry of its history, and what makes sure that it starts one run.
///
/// Flow, trigger and identity are unique in the store.
package struct TriggerFire: Hashable, Sendable {
  package enum Status: String, Hashable, Sendable, CaseIterable {
    /// It started a run.
    case succeeded = "Succeeded"
    /// It waits for runs of its flow to end; `payload` holds what its run will start with.
    case waiting = "Waiting"
    /// It started no run: a condition was not met, a poll brought nothing, or it was missed.
    case skipped = "Skipped"
    /// It started no run because of an error.
    case failed = "Failed"
  }

  package var flow: String
  package var trigger: String
  /// Names the event: the intended time of a timer (and the index of a split item), the identity
  /// of a message, or something random for events that are never told twice.
  package var identity: String
  package var status: Status
  /// When it should have happened; for events from outside, when they arrived.
  package var intended: Timestamp
  /// When it did happen.
  package var actual: Timestamp
  package var run: RunID?
  /// Such as `ConditionNotMet`, `Missed` or `NotFound`.
  package var code: String?
  /// The failure as JSON text, `{"code", "message"}`.
  package var error: String?
  /// What the run of a waiting event starts with; sealed for `fire/<flow>/<trigger>/<identity>`.
  package var payload: [UInt8]?

  package init(
    flow: String,
    trigger: String,
    identity: String,
    status: Status,
    intended: Timestamp,
    actual: Timestamp,
    run: RunID? = nil,
    code: String? = nil,
    error: String? = nil,
    payload: [UInt8]? = nil
  ) {
    self.flow = flow
    self.trigger = trigger
    self.identity = identity
    self.status = status
    self.intended = intended
    self.actual = actual
    self.run = run
    self.code = code
    self.error = error
    self.payload = payload
  }

  /// How late it was; zero for events from outside.
  package var lateness: Duration { actual - intended }
}

/// Which entries of the history a list shows, newest first.
package struct FireQuery: Hashable, Sendable {
  package var flow: String?
  package var trigger: String?
  /// Of all triggers that the query allows.
  package var identity: String?
  /// Any of these; empty means all.
  package var statuses: [TriggerFire.Status]
  /// Intended at or after.
  package var since: Timestamp?
  /// Intended before.
  package var until: Timestamp?
  /// Only events that come after this one in the list, whether it is still there or not.
  package var after: Position?
  package var limit: Int?

  /// A place in the list, which stays where it is while new events arrive.
  package struct Position: Hashable, Sendable {
    package var intended: Timestamp
    package var flow: String
    package var trigger: String
    package var identity: String

    package init(intended: Timestamp, flow: String, trigger: String, identity: String) {
      self.intended = intended
      self.flow = flow
      self.trigger = trigger
      self.identity = identity
    }

    package init(_ fire: TriggerFire) {
      self.init(
        intended: fire.intended,
        flow: fire.flow,
        trigger: fire.trigger,
        identity: fire.identity
      )
    }
  }

  package init(
    flow: String? = nil,
    trigger: String? = nil,
    identity: String? = nil,
    statuses: [TriggerFire.Status] = [],
    since: Timestamp? = nil,
    until: Timestamp? = nil,
    after: Position? = nil,
    limit: Int? = nil
  ) {
    self.flow = flow
    self.trigger = trigger
    self.identity = identity
    self.after = after
    self.statuses = statuses
    self.since = since
    self.until = until
    self.limit = limit
  }
}
