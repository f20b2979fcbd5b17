import Seams
import CommandLineArguments
import Definitions
import Diagnostics
import Engine
import OrderedJSON
import Runtime
import Timekeeping

extension Command {
  static let triggerBackfill = Command(
    spec: CommandSpec(
      "trigger",
      "backfill",
      summary: "Start the runs that a timer did not start in a stretch of time",
      positionals: [flowPositional],
      options: [
        triggerOption,
        OptionSpec("from", "2h|TIMESTAMP", "The first time, included"),
        OptionSpec("to", "2h|TIMESTAMP", "The last time, included (default: now)"),
        OptionSpec("dry-run", nil, "Only print the times"),
      ],
      discussion: """
        Each time of the timer that has started no run does so, one after the other and under the \
        trigger's conditions and concurrency. A timer without startTime begins at --from.
        """
    )
  ) { context in
    let now = SystemClock().now()
    guard let from = try TimeArgument.time(context.arguments.value("from"), "from", now: now) else {
      throw UsageError("'--from' is missing", hint: "say where to begin, such as --from 24h")
    }
    let end = try TimeArgument.time(context.arguments.value("to"), "to", now: now) ?? now
    guard from <= end else {
      throw UsageError("'--to' is before '--from'", hint: "exchange them")
    }
    return try await onTrigger(context) { desk throws(CommandFailure) in
      try await backfill(desk, from, end)
    }
  }

  private static func backfill(_ desk: TriggerDesk, _ from: Timestamp, _ end: Timestamp)
    async throws(CommandFailure) -> ExitCode
  {
    let context = desk.session.workspace.context
    let environment = desk.session.environment
    let backfill = Backfill(
      environment: environment,
      intake: desk.intake,
      flow: desk.flow,
      trigger: desk.trigger
    )
    let row = try? await environment.store.trigger(desk.trigger.name, of: desk.flow.name)
    let missing = try await TriggerDesk.running { () async throws(RuntimeFailure) in
      try await backfill.missing(from: from, through: end, enabled: row?.enabled)
    }
    guard let missing else { throw noTimer(desk) }
    guard missing.count <= Backfill.limit else { throw tooMany() }
    var rows: [JSON] = []
    var outcomes: [TriggerOutcome] = []
    for fire in missing {
      var line: JSONObject = ["time": .string(fire.intended.description)]
      if !context.arguments.has("dry-run") {
        let outcome = try await make(fire, from, backfill, desk)
        try await outcome.attend(desk.session)
        outcomes.append(outcome)
        for member in outcome.json.objectValue?.members ?? [] { line[member.key] = member.value }
      }
      rows.append(.object(line))
      if !context.wantsJSON { context.print(text(fire, outcomes.last)) }
    }
    if context.wantsJSON { context.print(.array(rows)) }
    return outcomes.contains(where: \.hasFailed) ? .failure : .success
  }

  /// Has the server do it, or does it here; either waits until the line of the trigger has room.
  private static func make(
    _ fire: TimerFire,
    _ start: Timestamp,
    _ backfill: Backfill,
    _ desk: TriggerDesk
  ) async throws(CommandFailure) -> TriggerOutcome {
    guard let server = desk.session.server else {
      let receipt = try await TriggerDesk.running { () async throws(RuntimeFailure) in
        try await backfill.make(fire)
      }
      return TriggerOutcome(receipt)
    }
    let order: JSON = [
      "time": .string(fire.intended.description), "from": .string(start.description),
    ]
    while true {
      let answer = try await server.demand("POST", "\(desk.address)/backfill", order)
      let outcome = TriggerOutcome(answer.content)
      guard outcome.isRefused else { return outcome }
      let clock = desk.session.environment.clock
      do { try await clock.pause(for: .seconds(1)) } catch { return outcome }
    }
  }

  private static func text(_ fire: TimerFire, _ outcome: TriggerOutcome?) -> String {
    [fire.intended.description, outcome?.text].compactMap(\.self).joined(separator: " ")
  }

  private static func noTimer(_ desk: TriggerDesk) -> CommandFailure {
    CommandFailure(
      .missingTimer,
      "the trigger '\(desk.trigger.name)' of type \(desk.trigger.type) has no times to make up for",
      hint: "only triggers of type Recurrence and SlidingWindow have them",
      exitCode: .invalid
    )
  }

  private static func tooMany() -> CommandFailure {
    CommandFailure(
      .usage,
      "more than \(Backfill.limit) times lie between '--from' and '--to'",
      hint: "backfill a shorter stretch of time",
      exitCode: .usage
    )
  }
}
