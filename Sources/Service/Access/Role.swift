/// How much somebody may do; each role includes those before it.
package enum Role: String, Hashable, Sendable, CaseIterable, Comparable {
  /// Sees flows, runs and connections.
  case reader
  /// Starts, cancels and replays runs; pauses triggers.
  case `operator`
  /// Changes flows and connections.
  case author
  /// Hands out tokens, reads the audit, deletes history.
  case admin

  private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

  package static func < (left: Role, right: Role) -> Bool { left.rank < right.rank }
}
