import OrderedJSON

/// One thing to measure.
struct Workload: Sendable {
  let name: String
  let summary: String
  let run: @Sendable (_ rounds: Int) async throws -> JSON

  static let all: [Workload] = [
    .oneAtATime, .fiftyAtATime, .timers, .manyTriggers, .json, .expressions, .planning, .loop,
  ]
}
