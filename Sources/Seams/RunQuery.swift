package import Engine
package import Timekeeping

/// Which runs a list shows, newest first.
package struct RunQuery: Hashable, Sendable {
  package var flow: String?
  /// Any of these; empty means all.
  package var statuses: [RunStatus]
  /// Started at or after.
  package var since: Timestamp?
  /// Started before.
  package var until: Timestamp?
  package var parent: RunID?
  /// Only runs that come after this one in the list, whether it is still there or not.
  package var after: Position?
  package var limit: Int?

  /// A place in the list, which stays where it is while new runs arrive.
  package struct Position: Hashable, Sendable {
    package var startTime: Timestamp
    package var id: RunID

    package init(startTime: Timestamp, id: RunID) {
      self.startTime = startTime
      self.id = id
    }
  }

  package init(
    flow: String? = nil,
    statuses: [RunStatus] = [],
    since: Timestamp? = nil,
    until: Timestamp? = nil,
    parent: RunID? = nil,
    after: Position? = nil,
    limit: Int? = nil
  ) {
    self.flow = flow
    self.statuses = statuses
    self.since = since
    self.until = until
    self.parent = parent
    self.after = after
    self.limit = limit
  }
}
