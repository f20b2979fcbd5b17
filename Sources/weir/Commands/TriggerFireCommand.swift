import CommandLineArguments
import Diagnostics
import Engine
import OrderedJSON
import Runtime

extension Command {
  static let triggerFire = Command(
    spec: CommandSpec(
      "trigger",
      "fire",
      summary: "Fire a trigger now, under its conditions and its concurrency",
      positionals: [flowPositional],
      options: [
        triggerOption,
        OptionSpec("input", "FILE|-", "The body that the trigger brings, as JSON"),
        OptionSpec("header", "K=V", "A header that the trigger brings", repeats: true),
      ],
      discussion: """
        Unlike 'weir run start' it is an event of the trigger: its conditions are asked, splitOn \
        splits it, and it is in the trigger's history. A timer stays where it stands.
        """
    )
  ) { context in
    try await onTrigger(context) { desk throws(CommandFailure) in
      let outputs = try ManualTrigger.outputs(desk.session.workspace)
      let outcome = try await fire(desk, outputs)
      try await outcome.attend(desk.session)
      context.wantsJSON ? context.print(outcome.json) : context.print(outcome.text)
      return outcome.hasFailed ? .failure : .success
    }
  }

  /// Has the server do it, whose flow and line of waiting runs count, or does it here.
  private static func fire(_ desk: TriggerDesk, _ outputs: JSON)
    async throws(CommandFailure) -> TriggerOutcome
  {
    if let server = desk.session.server {
      let answer = try await server.demand("POST", "\(desk.address)/run?view=weir", outputs)
      return TriggerOutcome(answer.content)
    }
    let receipt = try await TriggerDesk.running { () async throws(RuntimeFailure) in
      try await desk.book.fire(desk.trigger, of: desk.flow, outputs: outputs)
    }
    return TriggerOutcome(receipt)
  }
}
