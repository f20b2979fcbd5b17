import Engine
import Seams
import Timekeeping

/// How the calls for which a gate opens are shared among the runs that wait for them.
///
/// A window opens for many calls at once. One run with many branches would take them in an instant,
/// and a run whose steps follow each other would get one in every window. So each run first takes its
/// share, and what is left waits a moment for runs that come back.
struct GateShares {
  private var taken: [RunID: Int] = [:]
  /// How many calls each run may take at first; `nil` while nothing is shared.
  private var share: Int?
  private var start = Timestamp.distantPast
  private var end = Timestamp.distantPast
  /// Whether the gate was shut and has not opened since.
  private var isShut = false

  /// The longest time for which a call that could leave is kept for another run.
  private static let longestMoment = Duration.seconds(5)

  /// No more may leave; what does once the gate opens again is shared.
  ///
  /// A window opens little by little, so what is being shared goes on.
  mutating func shut(at now: Timestamp) {
    guard share == nil || now >= end else { return }
    self = GateShares()
    isShut = true
  }

  /// The gate lets a call pass; the first time after it was shut it opens for so many runs.
  mutating func open(for runs: Int, _ limit: CallLimit, at now: Timestamp) {
    guard isShut else { return }
    isShut = false
    guard runs > 1 else { return }
    share = (limit.calls + runs - 1) / runs
    start = now
    end = now + min(limit.renewalPeriod / 10, Self.longestMoment)
  }

  /// Counts a call of a run.
  mutating func take(_ run: RunID) {
    if share != nil { taken[run, default: 0] += 1 }
  }

  /// The first of the runs that wait which has not had its share; `nil` when all have.
  mutating func next(of waiting: [RunID], at now: Timestamp) -> RunID? {
    // Before its start, the clock was set back, and nobody knows how long it has been.
    guard let share, start <= now, now < end else {
      self.share = nil
      taken.removeAll()
      return waiting.first
    }
    return waiting.first { taken[$0, default: 0] < share }
  }

  /// Until when calls are kept for runs that come back.
  var keptUntil: Timestamp { end }
}
