import Definitions
import Engine
import OrderedJSON
import Testing
import Timekeeping

@Suite struct TimerSeriesTests {
  private static let noon = Timestamp(seconds: 1_780_315_200)  // 2026-06-01T12:00:00Z

  private func hourly(_ policy: MissedFirePolicy) throws -> TimerSeries {
    let recurrence = Recurrence(
      frequency: .hour,
      startTime: .instant(Self.noon)
    )
    let timer = TimerTrigger(recurrence: recurrence, kind: .recurrence(missed: policy))
    return try #require(TimerSeries(timer, enabled: Self.noon - .seconds(5)))
  }

  private func hour(_ hours: Int, _ seconds: Int = 0) -> Timestamp {
    Self.noon + .seconds(hours * 3600 + seconds)
  }

  @Test func `nothing fires early`() throws {
    let series = try hourly(.all)
    let decision = series.decision(after: nil, now: hour(0) - Duration(ticks: 1))
    #expect(decision == TimerDecision(due: hour(0)))
  }

  @Test func `a fire up to a minute late still happens`() throws {
    let decision = try hourly(.skip).decision(after: hour(0), now: hour(1, 60))
    #expect(decision.fires.map(\.intended) == [hour(1)])
    #expect(decision.missed == nil)
    #expect(decision.due == hour(2))
  }

  @Test func `what was due while somebody was looking is not missed, however late it is`() throws {
    let decision = try hourly(.skip).decision(
      after: hour(0),
      now: hour(3, 1800),
      awake: hour(2, 60)
    )
    #expect(decision.missedTimes == [hour(1)])
    #expect(decision.fires.map(\.intended) == [hour(2), hour(3)])
  }

  @Test(arguments: [
    (MissedFirePolicy.skip, [4], [1, 2, 3]), (.last, [4], [1, 2, 3]), (.all, [1, 2, 3, 4], []),
    (.within(.seconds(2 * 3600)), [2, 3, 4], [1]), (.within(.zero), [4], [1, 2, 3]),
  ])
  func `a policy says what happens to missed fires when one is due`(
    policy: MissedFirePolicy,
    fires: [Int],
    missed: [Int]
  ) throws {
    let decision = try hourly(policy).decision(after: hour(0), now: hour(4))
    #expect(decision.fires.map(\.intended) == fires.map { hour($0) })
    #expect(decision.missedTimes == missed.map { hour($0) })
    #expect(decision.missed?.count ?? 0 == missed.count)
    #expect(decision.due == hour(5))
  }

  @Test(arguments: [
    (MissedFirePolicy.skip, [], [1, 2, 3]), (.last, [3], [1, 2]), (.all, [1, 2, 3], []),
    (.within(.seconds(2 * 3600)), [2, 3], [1]), (.within(.seconds(10)), [], [1, 2, 3]),
  ])
  func `a policy says what happens to missed fires when none is due`(
    policy: MissedFirePolicy,
    fires: [Int],
    missed: [Int]
  ) throws {
    let decision = try hourly(policy).decision(after: hour(0), now: hour(3, 1800))
    #expect(decision.fires.map(\.intended) == fires.map { hour($0) })
    #expect(decision.missedTimes == missed.map { hour($0) })
    #expect(decision.due == hour(4))
  }

  @Test func `thousands of missed fires are counted, not listed`() throws {
    let decision = try hourly(.skip).decision(after: hour(0), now: hour(9000, 1800))
    #expect(decision.missed == FireSpan(first: hour(1), last: hour(9000), count: 9000))
    #expect(decision.missedTimes.isEmpty)
    #expect(decision.fires.isEmpty)
  }

  @Test func `many fires at once come in portions, in order`() throws {
    let series = try hourly(.all)
    var position = hour(0)
    var fired: [Timestamp] = []
    while true {
      let decision = series.decision(after: position, now: hour(250))
      #expect(decision.fires.count <= TimerSeries.fireLimit)
      fired += decision.fires.map(\.intended)
      position = decision.fires.last?.position ?? position
      if decision.due.map({ $0 > hour(250) }) ?? true { break }
    }
    #expect(fired == (1...250).map { hour($0) })
  }

  @Test(arguments: [MissedFirePolicy.skip, .last, .all, .within(.seconds(86_400))])
  func `a crowded calendar missed for years is dealt with in portions`(policy: MissedFirePolicy)
    throws
  {
    let schedule = RecurrenceSchedule(minutes: Array(0...59), hours: Array(0...23))
    let recurrence = Recurrence(
      frequency: .day,
      startTime: .instant(Self.noon),
      schedule: schedule
    )
    let timer = TimerTrigger(recurrence: recurrence, kind: .recurrence(missed: policy))
    let series = try #require(TimerSeries(timer, enabled: Self.noon))
    let days = policy == .all ? 1 : 16
    let now = hour(24 * days)
    var position = Self.noon
    var (missed, fired) = (0, 0)
    while true {
      let decision = series.decision(after: position, now: now)
      missed += decision.missed?.count ?? 0
      fired += decision.fires.count
      position = decision.fires.last?.position ?? decision.missed?.last ?? position
      if decision.due.map({ $0 > now }) ?? true { break }
    }
    #expect(missed + fired == days * 1440)
    switch policy {
    // Up to a minute late is not missed.
    case .skip, .last: #expect(fired == 2)
    case .all: #expect(missed == 0)
    case .within: #expect(fired == 1441)
    }
  }

  @Test func `a clock that goes back makes what was decided due again, never early`() throws {
    let series = try hourly(.skip)
    let position = series.position(hour(5), setBackTo: hour(3, 10))
    #expect(series.due(after: position) == hour(4))
    #expect(series.decision(after: position, now: hour(3, 20)).fires.isEmpty)
    #expect(series.decision(after: position, now: hour(4, 1)).fires.map(\.intended) == [hour(4)])
    #expect(series.position(hour(5), setBackTo: hour(5, 10)) == hour(5))
  }

  @Test func `times before it was enabled are past`() throws {
    let recurrence = Recurrence(frequency: .day, startTime: .instant(Self.noon - .seconds(864_000)))
    let timer = TimerTrigger(recurrence: recurrence, kind: .recurrence(missed: .all))
    let series = try #require(TimerSeries(timer, enabled: hour(1)))
    #expect(series.decision(after: nil, now: hour(2)) == TimerDecision(due: hour(24)))
  }

  // MARK: Windows

  private func windows(_ delay: Duration, count: Int? = nil, start: Timestamp? = nil) throws
    -> TimerSeries
  {
    let recurrence = Recurrence(
      frequency: .hour,
      startTime: start.map { .instant($0) },
      count: count
    )
    let timer = TimerTrigger(recurrence: recurrence, kind: .slidingWindow(delay: delay))
    return try #require(TimerSeries(timer, enabled: Self.noon))
  }

  @Test func `a window fires after its end and its delay`() throws {
    let series = try windows(.seconds(300))
    #expect(series.due(after: nil) == hour(1, 300))
    #expect(series.decision(after: nil, now: hour(1, 299)).fires.isEmpty)
    let decision = series.decision(after: nil, now: hour(1, 300))
    let fire = try #require(decision.fires.first)
    #expect(fire.window == WindowSeries.Window(start: hour(0), end: hour(1)))
    #expect(fire.intended == hour(1, 300))
    #expect(
      fire.outputs == [
        "windowStartTime": "2026-06-01T12:00:00.0000000Z",
        "windowEndTime": "2026-06-01T13:00:00.0000000Z",
      ]
    )
    #expect(decision.due == hour(2, 300))
  }

  @Test func `windows since a past start are made up for without gaps, in order`() throws {
    let series = try windows(.zero, start: Self.noon - .seconds(1000 * 3600))
    var position: Timestamp?
    var expected = Self.noon - .seconds(1000 * 3600)
    var made = 0
    while true {
      let decision = series.decision(after: position, now: hour(0, 30))
      #expect(decision.missed == nil)
      for fire in decision.fires {
        #expect(fire.window?.start == expected)
        expected = fire.position
        position = fire.position
        made += 1
      }
      if decision.due.map({ $0 > hour(0, 30) }) ?? true { break }
    }
    #expect(made == 1000)
    #expect(expected == hour(0))
  }

  @Test func `a limited number of windows ends`() throws {
    let series = try windows(.seconds(60), count: 2)
    let decision = series.decision(after: nil, now: hour(10))
    #expect(decision.fires.map(\.position) == [hour(1), hour(2)])
    #expect(decision.due == nil)
  }

  @Test func `windows do not go back with the clock`() throws {
    #expect(try windows(.zero).position(hour(5), setBackTo: hour(3)) == hour(5))
  }

  @Test func `fires in a range are listed for both kinds`() throws {
    let recurrence = try hourly(.skip).fires(from: hour(2), through: hour(4), limit: 10)
    #expect(recurrence.map(\.intended) == [hour(2), hour(3), hour(4)])
    let windows = try windows(.seconds(60)).fires(from: hour(1, 60), through: hour(3), limit: 10)
    #expect(windows.map(\.window?.start) == [hour(0), hour(1)])
    #expect(try hourly(.skip).fires(from: hour(0), through: hour(99), limit: 3).count == 3)
  }
}
