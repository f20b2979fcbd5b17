import Engine
import Seams
import Timekeeping

/// What `$filter` of a list of runs says.
///
/// Conditions on `status` and `startTime`, joined by `and`; `or` joins conditions on `status`.
///
/// Source: OData 4.01, URL conventions, section 5.1.1; workflow language reference, section (g).
struct RunFilter: Hashable, Sendable {
  /// `nil` means any.
  var statuses: Set<RunStatus>?
  var since: Timestamp?
  var until: Timestamp?

  init() {}

  /// - Throws: `Problem` 400 that says what is expected.
  init(_ text: String) throws(Problem) {
    var parser = FilterParser(try FilterLexer.tokens(text))
    self = try parser.parse()
  }

  /// The filter as the store takes it; `nil` when no run can match.
  func query(flow: String?) -> RunQuery? {
    if let statuses, statuses.isEmpty { return nil }
    if let since, let until, since >= until { return nil }
    let sorted = (statuses ?? []).sorted { $0.rawValue < $1.rawValue }
    return RunQuery(flow: flow, statuses: sorted, since: since, until: until)
  }

  /// What matches both.
  func and(_ other: RunFilter) -> RunFilter {
    var both = self
    both.statuses = Self.joined(statuses, other.statuses) { $0.intersection($1) }
    both.since = Self.joined(since, other.since, max)
    both.until = Self.joined(until, other.until, min)
    return both
  }

  /// What matches one of them; `nil` unless both are about the status alone.
  func or(_ other: RunFilter) -> RunFilter? {
    guard let left = statuses, let right = other.statuses,
      since == nil, until == nil, other.since == nil, other.until == nil
    else { return nil }
    var either = RunFilter()
    either.statuses = left.union(right)
    return either
  }

  private static func joined<Value>(
    _ left: Value?,
    _ right: Value?,
    _ join: (Value, Value) -> Value
  ) -> Value? {
    guard let left, let right else { return left ?? right }
    return join(left, right)
  }
}
