import CommandLineArguments
import Definitions
import OrderedJSON
import Runtime
import Seams
import Timekeeping

extension Command {
  static let triggerPause = Command(
    spec: CommandSpec(
      "trigger",
      "pause",
      summary: "Let a trigger start no more runs until it is resumed",
      positionals: [flowPositional],
      options: [triggerOption],
      discussion: """
        Runs in flight go on. The pause stays over restarts and changes of the flow. What a timer \
        would have done meanwhile is not made up for, except windows; 'weir trigger backfill' does \
        so on demand.
        """
    )
  ) { context in try await setPaused(true, context) }

  static let triggerResume = Command(
    spec: CommandSpec(
      "trigger",
      "resume",
      summary: "Let a paused trigger start runs again",
      positionals: [flowPositional],
      options: [triggerOption]
    )
  ) { context in try await setPaused(false, context) }

  private static func setPaused(_ isPaused: Bool, _ context: Context)
    async throws(CommandFailure) -> ExitCode
  {
    try await onTrigger(context) { desk throws(CommandFailure) in
      let (flow, trigger) = (desk.flow.name, desk.trigger.name)
      let row = try await setPaused(isPaused, desk)
      guard !context.wantsJSON else {
        context.print([
          "flow": .string(flow), "name": .string(trigger),
          "state": isPaused ? "Paused" : "Enabled",
          "next": row?.due.map { .string($0.description) } ?? .null,
        ])
        return .success
      }
      let next = row?.due.map { ", next at \($0)" } ?? ""
      context.print("\(flow) \(trigger) is \(isPaused ? "paused" : "enabled")\(next)")
      return .success
    }
  }

  /// Has the server do it, which keeps the times of all triggers at hand, or does it here.
  private static func setPaused(_ isPaused: Bool, _ desk: TriggerDesk)
    async throws(CommandFailure) -> StoredTrigger?
  {
    let (flow, trigger) = (desk.flow.name, desk.trigger.name)
    if let server = desk.session.server {
      _ = try await server.demand("POST", "\(desk.address)/\(isPaused ? "pause" : "resume")")
      do throws(StoreFailure) {
        return try await desk.session.environment.store.trigger(trigger, of: flow)
      } catch {
        throw CommandFailure(error)
      }
    }
    return try await TriggerDesk.running { () async throws(RuntimeFailure) in
      try await desk.book.open()
      try await desk.book.setPaused(isPaused, trigger: trigger, of: flow)
      return await desk.book.trigger(trigger, of: flow)
    }
  }
}
