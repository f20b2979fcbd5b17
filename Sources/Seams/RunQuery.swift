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
  package var limit: Int?

  package init(
    flow: String? = nil,
    statuses: [RunStatus] = [],
    since: Timestamp? = nil,
    until: Timestamp? = nil,
    parent: RunID? = nil,
    limit: Int? = nil
  ) {
    self.flow = flow
    self.statuses = statuses
    self.since = since
    self.until = until
    self.parent = parent
    self.limit = limit
  }
}
