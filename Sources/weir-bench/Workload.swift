import OrderedJSON

/// One thing to measure.
struct Workload: Sendable {
  let name: String
  let summary: String
  let run: @Sendable (_ rounds: Int) async throws -> JSON

  static let all: [Workload] = [
    .oneAtATime, .fiftyAtATime, .slowServer, .steps, .coldStart, .timers, .replays, .waitingRuns,
    .manyRuns, .idleServer, .manyTriggers, .json, .expressions, .planning, .loop,
  ]
}
