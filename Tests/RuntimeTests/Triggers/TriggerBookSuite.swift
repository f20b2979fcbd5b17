import Crypto
import Definitions
import Engine
import OrderedJSON
import Runtime
import Seams
import Simulation
import Synchronization
import Testing
import Timekeeping

/// What the suites of the book of triggers share.
protocol TriggerBookSuite {}

extension TriggerBookSuite {
  /// 2026-01-01T00:00:00Z, where simulated time starts.
  static var start: Timestamp { Timestamp(seconds: 1_767_225_600) }

  static func hour(_ hours: Int, _ seconds: Int = 0) -> Timestamp {
    start + .seconds(hours * 3600 + seconds)
  }

  static func hourly(_ more: JSONObject = [:], recurrence: JSONObject = [:]) -> JSON {
    var rule: JSONObject = [
      "frequency": "Hour", "interval": 1, "startTime": "2026-01-01T00:00:00Z",
    ]
    for member in recurrence.members { rule[member.key] = member.value }
    var trigger: JSONObject = ["type": "Recurrence", "recurrence": .object(rule)]
    for member in more.members { trigger[member.key] = member.value }
    return .object(trigger)
  }

  /// A book of a process that serves flows.
  static func book(
    _ server: IntakeWorld.Server,
    poller: (any TriggerPoller)? = nil,
    longestSleep: Duration = .seconds(300)
  ) -> TriggerBook {
    var environment = server.process.environment
    environment.digests = .openSSL
    return TriggerBook(
      environment: environment,
      catalog: server.catalog,
      intake: server.intake,
      poller: poller,
      longestSleep: longestSleep
    )
  }

  /// Opens a book and lets it run until a time.
  static func live(
    _ book: TriggerBook,
    _ clock: SimulatedClock,
    until end: Timestamp,
    _ body: @escaping @Sendable () async throws -> Void = {}
  ) async throws {
    try await book.open()
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { await book.run() }
      try await body()
      try await clock.sleep(until: end)
      group.cancelAll()
    }
  }

  static func history(_ server: IntakeWorld.Server) async throws -> [TriggerFire] {
    try await server.store.fires(matching: FireQuery()).reversed()
  }
}
