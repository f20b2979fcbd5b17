import CommandLineArguments
import Diagnostics
import Engine
import OrderedJSON
import Runtime
import Seams
import Timekeeping

extension Command {
  static let runResubmit = Command(
    spec: CommandSpec(
      "run",
      "resubmit",
      summary: "Replay runs: from the trigger, from what failed, or from an action",
      positionals: [
        PositionalSpec("RUN", "Ids of runs that ended", isRequired: false, repeats: true)
      ],
      options: [
        OptionSpec("from-failed", nil, "Keep what succeeded; repeat what failed and what follows"),
        OptionSpec("from-action", "NAME", "Repeat this action and what follows", repeats: true),
        OptionSpec("definition", "original|latest", "The flow as it was, or as it is now"),
        OptionSpec("input", "FILE|-", "Another body for the trigger, as JSON"),
        OptionSpec("connection", "REF=NAME", "Another connection for a reference", repeats: true),
        OptionSpec("flow", "FLOW", "Instead of RUN: runs of this flow"),
        OptionSpec("status", "S", "Of this status (default: Failed, TimedOut)", repeats: true),
        OptionSpec("code", "CODE", "That ended with this error code"),
        OptionSpec("since", "2h|TIMESTAMP", "Started at or after"),
        OptionSpec("until", "2h|TIMESTAMP", "Started before"),
        OptionSpec("limit", "N", "At most this many, the oldest first"),
        OptionSpec("again", nil, "Also runs of which a replay succeeded or is under way"),
        OptionSpec("rate", "N/s", "Begin no more than N each second, minute (/m) or hour (/h)"),
        OptionSpec("concurrency", "C", "The most runs at a time (default: 50)"),
        OptionSpec("continue", nil, "Go on with replays that were interrupted"),
        OptionSpec("dry-run", nil, "Say what would be sent, and send nothing"),
        OptionSpec("yes", nil, "Repeat side effects without asking"),
        OptionSpec("detach", nil, "Only begin the runs; 'weir run wait' or a server drives them"),
      ],
      discussion: """
        The earlier run is never changed. Results that are kept are those of actions that come before \
        everything that runs again; with --definition latest also their definition, and what they \
        read, must be the same. Without --yes a terminal is asked before actions are sent again that \
        may have changed something outside; without a terminal such a replay is refused.

        Many replays are recorded before the first one begins: whatever interrupts them, \
        'weir run resubmit --continue' goes on and begins none of them twice. A server that works on \
        the data folder drives the new runs.
        """,
      aliases: ["replay"]
    )
  ) { context in
    let order = try ReplayArguments.order(context)
    let pace = try ReplayArguments.pace(context)
    return try await onSession(context) { session async throws(CommandFailure) in
      let replay = session.replay
      let isDetached = context.arguments.has("detach")
      let bulk = BulkReplay(
        replay: replay,
        environment: session.environment,
        isDetached: isDetached,
        performer: session.server.map {
          ServedReplay(server: $0, session: session, isDetached: isDetached).performer
        }
      )
      let command = ReplayCommand(session: session, replay: replay, bulk: bulk, pace: pace)
      if context.arguments.has("continue") { return try await command.goOn() }
      return try await command.begin(try await ReplaySelection.runs(session), order)
    }
  }
}

extension Session {
  /// Replays runs of this project.
  var replay: RunReplay {
    let workspace = workspace
    return RunReplay(worker: worker, connections: connections) {
      name async throws(RuntimeFailure) in
      do throws(Diagnostic) { return try workspace.called(name) } catch {
        throw .invalid([error])
      }
    }
  }
}
