package import Engine
package import Timekeeping

/// The indexed columns of a run: what lists show without reading journals.
package struct RunRecord: Hashable, Sendable {
  package var id: RunID
  package var flow: String
  package var planHash: String
  package var status: RunStatus
  /// The reason of the status in one word, such as `Terminated`.
  package var code: String?
  /// The failure as JSON text, `{"code", "message"}`.
  package var error: String?
  package var startTime: Timestamp
  package var endTime: Timestamp?
  package var triggerName: String
  package var triggerType: String
  package var parent: Parent?
  /// The process that drives the run; `nil` once it ended.
  package var owner: OwnerID?

  /// The run that this one replays.
  package struct Parent: Hashable, Sendable {
    package var run: RunID
    /// `resubmit`, `from-failed` or `from-action`.
    package var mode: String
    package var action: String?

    package init(run: RunID, mode: String, action: String? = nil) {
      self.run = run
      self.mode = mode
      self.action = action
    }
  }

  package init(
    id: RunID,
    flow: String,
    planHash: String,
    status: RunStatus,
    code: String? = nil,
    error: String? = nil,
    startTime: Timestamp,
    endTime: Timestamp? = nil,
    triggerName: String,
    triggerType: String,
    parent: Parent? = nil,
    owner: OwnerID? = nil
  ) {
    self.id = id
    self.flow = flow
    self.planHash = planHash
    self.status = status
    self.code = code
    self.error = error
    self.startTime = startTime
    self.endTime = endTime
    self.triggerName = triggerName
    self.triggerType = triggerType
    self.parent = parent
    self.owner = owner
  }
}
