import Definitions
import Engine
import Fixtures
import Testing
import Timekeeping

/// Twenty years of random timers as a server lives through them.
@Suite struct TimerSimulationTests {
  /// What a store keeps of a timer, and what a server does with it.
  private struct Server {
    let timer: TimerTrigger
    let enabled: Timestamp
    var now: Timestamp
    var position: Timestamp?
    var fired: Set<Timestamp> = []
    var missed: [FireSpan] = []
    var refused = 0
    /// Up to where it ever decided.
    var furthest: Timestamp
    private var series: TimerSeries

    init(_ timer: TimerTrigger, from start: Timestamp) throws {
      self.timer = timer
      (enabled, now, furthest) = (start, start, start)
      series = try #require(TimerSeries(timer, enabled: start))
    }

    var due: Timestamp? { series.due(after: position) }

    mutating func setBack(by duration: Duration) {
      now = now - duration
      position = series.position(position, setBackTo: now)
    }

    /// Acts as at one waking; with a limit, so many fires become durable, then the process dies.
    mutating func act(crashAfter limit: Int?) throws {
      let decision = series.decision(after: position, now: now)
      if let span = decision.missed {
        missed.append(span)
        position = span.last
      }
      for fire in decision.fires.prefix(limit ?? .max) {
        #expect(fire.intended <= now, "never early")
        // The store refuses an identity that it knows.
        if fired.insert(fire.intended).inserted == false { refused += 1 }
        position = fire.position
      }
      furthest = max(furthest, position ?? furthest)
      // A process that starts knows nothing but what is stored.
      if limit != nil { series = try #require(TimerSeries(timer, enabled: enabled)) }
    }
  }

  private static let start = Timestamp(seconds: 1_767_225_600)  // 2026-01-01
  private static let end = Timestamp(seconds: 2_398_377_600)  // 2046-01-01

  private func timer(_ random: inout RandomRecurrence, _ policy: MissedFirePolicy) -> TimerTrigger {
    var recurrence = random.next(year: 2025)
    // Few enough fires for twenty years of them.
    if var schedule = recurrence.schedule {
      schedule.hours = Array(schedule.hours.prefix(1))
      schedule.minutes = Array(schedule.minutes.prefix(1))
      recurrence.schedule = schedule
    }
    return TimerTrigger(recurrence: recurrence, kind: .recurrence(missed: policy))
  }

  private func expected(_ timer: TimerTrigger) throws -> [Timestamp] {
    let zone = try #require(ZoneRules(named: timer.recurrence.timeZone ?? ""))
    return SlowRecurrence(recurrence: timer.recurrence, zone: zone).fires(through: 2046)
      .filter { $0 >= Self.start && $0 < Self.end }
  }

  @Test(arguments: 1...16)
  func `in twenty years with crashes every time fires once`(seed: UInt64) throws {
    var random = RandomRecurrence(seed: seed)
    let timer = timer(&random, .skip)
    var server = try Server(timer, from: Self.start)
    while let due = server.due, due < Self.end {
      server.now = max(server.now, due + .seconds(random.number(0...50)))
      try server.act(crashAfter: random.number(0...9) == 0 ? random.number(0...1) : nil)
    }
    #expect(server.fired.sorted() == (try expected(timer)), "seed \(seed)")
    #expect(server.missed.isEmpty && server.refused == 0, "seed \(seed)")
  }

  @Test(arguments: 1...16)
  func `in twenty years with long pauses and a wrong clock each time fires once or is recorded`(
    seed: UInt64
  ) throws {
    var random = RandomRecurrence(seed: 1000 + seed)
    let timer = timer(&random, random.pick([.skip, .last, .all, .within(.seconds(7200))]))
    var server = try Server(timer, from: Self.start)
    while let due = server.due, due < Self.end {
      let next = max(server.now, due + .seconds(random.number(0...50)))
      switch random.number(0...9) {
      case 0: server.now = next + .seconds(random.number(0...40 * 86_400))
      case 1: server.now = next + .seconds(3600)
      case 2: server.setBack(by: .seconds(random.pick([3600, 100_000])))
      default: server.now = next
      }
      guard server.now < Self.end else { break }
      try server.act(crashAfter: random.number(0...9) == 0 ? 1 : nil)
    }
    let recorded = server.missed
    let known = try expected(timer)
    #expect(server.furthest >= known.last { $0 < Self.end - .seconds(90 * 86_400) } ?? Self.start)
    for time in known where time <= server.furthest {
      let isRecorded = recorded.contains { ($0.first...$0.last).contains(time) }
      #expect(server.fired.contains(time) || isRecorded, "seed \(seed): \(time) is lost")
    }
    #expect(server.fired.isSubset(of: known), "seed \(seed)")
  }

  @Test(arguments: 1...8)
  func `in twenty years windows touch each other and none is left out`(seed: UInt64) throws {
    var random = RandomRecurrence(seed: 2000 + seed)
    let recurrence = Recurrence(
      frequency: random.pick([.hour, .day, .week, .month]),
      interval: random.number(10...16),
      timeZone: random.pick(RandomRecurrence.zones)
    )
    let timer = TimerTrigger(
      recurrence: recurrence,
      kind: .slidingWindow(delay: .seconds(random.number(0...7200)))
    )
    let series = try #require(TimerSeries(timer, enabled: Self.start))
    var (position, end, now): (Timestamp?, Timestamp, Timestamp) = (nil, Self.start, Self.start)
    while let due = series.due(after: position), due < Self.end {
      now = max(now, due) + .seconds(random.pick([0, 5, 400_000]))
      for fire in series.decision(after: position, now: now).fires.prefix(random.pick([1, 100])) {
        let window = try #require(fire.window)
        #expect(window.start == end && window.end > end && fire.intended <= now, "seed \(seed)")
        end = window.end
        position = end
      }
    }
    #expect(end > Self.end - .seconds(600 * 86_400))
  }
}
