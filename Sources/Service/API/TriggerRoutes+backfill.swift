import Definitions
import Engine
import OrderedJSON
import Runtime
import Seams
import Timekeeping

/// Making up for what a timer did not do.
extension TriggerRoutes {
  @Sendable static func backfill(_ call: Call) async throws(Problem) -> ServiceResponse {
    let (flow, trigger) = try call.trigger()
    let content = try call.object(of: ["time", "from"])
    guard let time = try instant("time", content) else {
      throw .invalidContent("'time' must say which fire to make.")
    }
    let start = min(try instant("from", content) ?? time, time)
    let backfill = Backfill(
      environment: call.parts.environment,
      intake: call.parts.intake,
      flow: flow,
      trigger: trigger
    )
    let row = try await call.asking { store throws(StoreFailure) in
      try await store.trigger(trigger.name, of: flow.name)
    }
    let missing = try await call.running { () async throws(RuntimeFailure) in
      // A series without a start of its own begins where the whole stretch does.
      try await backfill.missing(
        from: time,
        through: time,
        enabled: min(row?.enabled ?? start, start)
      )
    }
    guard let missing else { throw noTimer(trigger) }
    guard let fire = missing.first else { throw noFire(trigger, time) }
    let subject = "workflow/\(flow.name)/trigger/\(trigger.name)"
    try await call.audit("trigger.backfill", subject, detail: fire.identity)
    let receipt = try await call.running { () async throws(RuntimeFailure) in
      try await backfill.take(fire)
    }
    return .json(ReceiptDocument.json(receipt, history: fire.identity))
  }

  private static func instant(_ name: String, _ content: JSONObject) throws(Problem) -> Timestamp? {
    guard let value = content[name] else { return nil }
    guard let time = value.stringValue.flatMap({ Timestamp(iso8601: $0) }) else {
      throw .invalidContent("'\(name)' must be a time such as '2026-01-31T12:00:00Z'.")
    }
    return time
  }

  private static func noTimer(_ trigger: FlowTrigger) -> Problem {
    Problem(
      422,
      "NoTimer",
      "The trigger '\(trigger.name)' of type \(trigger.type) has no times to make up for."
    )
  }

  private static func noFire(_ trigger: FlowTrigger, _ time: Timestamp) -> Problem {
    .conflict(
      "NothingMissing",
      "The trigger '\(trigger.name)' has no fire at \(time), or made it already."
    )
  }
}
