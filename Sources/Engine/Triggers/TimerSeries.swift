package import Definitions
package import Timekeeping

/// Decides what a timer does: arithmetic on where it stands and what time it is.
///
/// Whoever asks keeps how far the timer has decided (`position`) and makes sure that no identity
/// fires twice; then no time is fired early, twice or never, whatever the clock does.
///
/// Source: workflow language reference, sections e.1 and e.2.
package struct TimerSeries: Sendable {
  /// How late a fire may be noticed and still happen.
  package static let grace = Duration.seconds(60)
  /// How many fires one decision makes.
  package static let fireLimit = 100
  /// How many missed times are listed one by one, and are walked through where they must be.
  package static let listLimit = 100
  package static let walkLimit = 10_000

  private enum Kind: Sendable {
    case recurrence(RecurrenceSeries, MissedFirePolicy)
    case windows(WindowSeries, delay: Duration)
  }

  private let kind: Kind
  private let enabled: Timestamp

  /// `enabled` is when the trigger was created, changed or enabled.
  ///
  /// `nil` for an unknown time zone.
  package init?(_ timer: TimerTrigger, enabled: Timestamp) {
    self.enabled = enabled
    switch timer.kind {
    case .recurrence(let policy):
      guard let series = RecurrenceSeries(timer.recurrence, enabled: enabled) else { return nil }
      kind = .recurrence(series, policy)
    case .slidingWindow(let delay):
      guard let windows = WindowSeries(timer.recurrence, enabled: enabled) else { return nil }
      kind = .windows(windows, delay: delay)
    }
  }

  /// When the timer acts next, having decided up to a position; `nil` when it never has.
  package func due(after position: Timestamp?) -> Timestamp? {
    switch kind {
    case .recurrence(let series, _): series.next(after: base(position))
    case .windows(let windows, let delay):
      windows.windows(after: position, limit: 1).first.map { $0.end + delay }
    }
  }

  /// Where the timer stands once the clock was set back: times that are ahead again are decided
  /// anew, and those that were missed fire; windows stay as they are.
  package func position(_ position: Timestamp?, setBackTo now: Timestamp) -> Timestamp? {
    switch kind {
    case .recurrence: position.map { min($0, now) }
    case .windows: position
    }
  }

  /// What to do now, having decided up to a position; `nil` when it never has.
  ///
  /// `awake` is since when somebody has been looking: what was due from then on was not missed,
  /// however late it is.
  package func decision(
    after position: Timestamp?,
    now: Timestamp,
    awake: Timestamp = .distantFuture
  ) -> TimerDecision {
    switch kind {
    case .recurrence(let series, let policy):
      decision(series, policy, base(position), now, min(now, awake) - Self.grace)
    case .windows(let windows, let delay): decision(windows, delay, position, now)
    }
  }

  /// The fires intended in a stretch of time, both ends included, whether they were made or not.
  package func fires(from start: Timestamp, through end: Timestamp, limit: Int) -> [TimerFire] {
    switch kind {
    case .recurrence(let series, _):
      return series.occurrences(after: start - Duration(ticks: 1), through: end, limit: limit)
        .map { TimerFire(intended: $0) }
    case .windows(let windows, let delay):
      return windows.windows(from: start - delay, through: end - delay, limit: limit)
        .map { TimerFire(intended: $0.end + delay, window: $0) }
    }
  }

  // MARK: Recurrence

  /// Times before it was enabled are past.
  private func base(_ position: Timestamp?) -> Timestamp {
    let first = enabled - Duration(ticks: 1)
    return max(first, position ?? first)
  }

  private func decision(
    _ series: RecurrenceSeries,
    _ policy: MissedFirePolicy,
    _ base: Timestamp,
    _ now: Timestamp,
    _ onTime: Timestamp
  ) -> TimerDecision {
    let kept = oldestKept(policy, series, base, now, onTime)
    var decision = TimerDecision()
    decision.missed = series.span(after: base, before: kept, limit: Self.walkLimit)
    var position = base
    if let missed = decision.missed {
      position = missed.last
      if missed.count <= Self.listLimit {
        decision.missedTimes = series.occurrences(after: base, through: missed.last)
      }
    }
    // As long as missed times are left to walk through, what follows them has to wait.
    let isLeft =
      decision.missed != nil && (series.next(after: position).map { $0 < kept } ?? false)
    if !isLeft {
      let first = max(position, kept - Duration(ticks: 1))
      decision.fires = series.occurrences(after: first, through: now, limit: Self.fireLimit)
        .map { TimerFire(intended: $0) }
    }
    decision.due = series.next(after: decision.fires.last?.intended ?? position)
    return decision
  }

  /// From when on times fire that are past; those from `onTime` on were not missed.
  private func oldestKept(
    _ policy: MissedFirePolicy,
    _ series: RecurrenceSeries,
    _ base: Timestamp,
    _ now: Timestamp,
    _ onTime: Timestamp
  ) -> Timestamp {
    switch policy {
    case .skip: return onTime
    case .all: return .distantPast
    case .within(let age): return min(onTime, now - age)
    case .last:
      let missed = series.span(after: base, before: onTime, limit: Self.walkLimit)
      guard let last = missed?.last, let next = series.next(after: last) else {
        return missed?.last ?? onTime
      }
      return next <= now ? onTime : last
    }
  }

  // MARK: Windows

  private func decision(
    _ windows: WindowSeries,
    _ delay: Duration,
    _ position: Timestamp?,
    _ now: Timestamp
  ) -> TimerDecision {
    let found = windows.windows(after: position, limit: Self.fireLimit + 1)
    let due = found.prefix(Self.fireLimit).prefix { $0.end + delay <= now }
    return TimerDecision(
      fires: due.map { TimerFire(intended: $0.end + delay, window: $0) },
      due: found.dropFirst(due.count).first.map { $0.end + delay }
    )
  }
}
