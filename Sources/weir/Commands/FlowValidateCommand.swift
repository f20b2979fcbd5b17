import CommandLineArguments
import Connectors
import Definitions
import Diagnostics
import Engine

extension Command {
  static let flowValidate = Command(
    spec: CommandSpec(
      "flow",
      "validate",
      summary: "Check flows against the language, the expressions and the connectors",
      positionals: [
        PositionalSpec(
          "PATH",
          "Flow files, folders or names (default: all flows)",
          isRequired: false,
          repeats: true
        )
      ],
      options: [
        OptionSpec("watch", nil, "Check again whenever a file changes, until Ctrl-C")
      ],
      discussion: """
        Works offline and reports all problems; exits with 3 when there is an error. Timers are shown \
        with the time at which they fire first. 'weir explain CODE' explains a problem.
        """
    ),
    outputs: ["text", "json", "sarif"]
  ) { context in
    guard context.arguments.has("watch") else { return try validate(context) }
    guard !context.wantsJSON, !context.wantsSARIF else {
      throw UsageError("--watch prints text only", hint: "leave out --output")
    }
    return try await watch(context)
  }

  /// Checks the flows once.
  static func validate(_ context: Context) throws(CommandFailure) -> ExitCode {
    let workspace = try Workspace(context)
    let now = SystemClock().now()
    var diagnostics: [Diagnostic] = []
    var forecasts: [String] = []
    let entries = try flowsToCheck(context, workspace)
    let references = workspace.references(try ConnectionFile.read(workspace.project))
    for entry in entries {
      let (found, reading) = try workspace.flows.read(entry)
      guard let flow = found else {
        diagnostics += reading
        continue
      }
      let forecast = TimerForecast(flow: flow, now: now)
      let problems = workspace.problems(of: flow, references: references)
      diagnostics += (reading + problems + forecast.problems).inOrder
      forecasts += forecast.lines.map { "\(workspace.project.shown(entry.path)): \($0)" }
    }
    context.report(diagnostics)
    let errors = diagnostics.count { $0.severity == .error }
    if !context.wantsJSON, !context.wantsSARIF {
      for line in forecasts where !context.isQuiet { context.print(line) }
      context.print(summary(entries.count, errors, diagnostics.count - errors))
    }
    return errors == 0 ? .success : .invalid
  }

  private static func summary(_ flows: Int, _ errors: Int, _ warnings: Int) -> String {
    [(flows, "flow"), (errors, "error"), (warnings, "warning")].map { count, noun in
      "\(count) \(noun)\(count == 1 ? "" : "s")"
    }.joined(separator: ", ")
  }

  private static func flowsToCheck(_ context: Context, _ workspace: Workspace)
    throws(CommandFailure) -> [FlowLibrary.Entry]
  {
    var entries: [FlowLibrary.Entry] = []
    for word in context.arguments.positionals {
      entries += try workspace.flows.entries(named: word)
    }
    if context.arguments.positionals.isEmpty { entries = workspace.flows.entries() }
    guard !entries.isEmpty else {
      throw CommandFailure(
        .unknownFlow,
        "there are no flows in '\(workspace.project.shown(workspace.project.flows))'",
        hint: "run weir in a project folder, or name one with --project",
        exitCode: .notFound
      )
    }
    return entries
  }

  // MARK: Watching

  private static func watch(_ context: Context) async throws -> ExitCode {
    let (changes, signal) = AsyncStream.makeStream(
      of: Void.self,
      bufferingPolicy: .bufferingNewest(1)
    )
    let watch = FolderWatch { signal.yield() }
    guard let watch else {
      throw CommandFailure(
        .unreadableFile,
        "the system watches no more folders",
        hint: "end other programs that watch files, or raise fs.inotify.max_user_instances",
        exitCode: .failure
      )
    }
    return await withTaskGroup { group in
      group.addTask {
        await StopSignals().first()
        signal.finish()
      }
      await ValidationLoop(project: Project(context)).run(changes) { folders in
        watch.watch(folders)
        do throws(CommandFailure) { _ = try validate(context) } catch {
          // A file may be away for a moment; the next change shows it again.
          context.show(error.diagnostics)
        }
        context.note("waiting for changes; Ctrl-C ends")
      }
      group.cancelAll()
      return .success
    }
  }
}
