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
    guard context.arguments.has("watch") else { return try await validate(context) }
    guard !context.wantsJSON, !context.wantsSARIF else {
      throw UsageError("--watch prints text only", hint: "leave out --output")
    }
    return try await watch(context)
  }

  /// Checks the flows once.
  static func validate(_ context: Context) async throws(CommandFailure) -> ExitCode {
    let workspace = try Workspace(context)
    let entries = try flowsToCheck(context, workspace)
    let inspections = try await FlowInspection.all(
      entries,
      workspace,
      references: workspace.references(try ConnectionFile.read(workspace.project)),
      now: SystemClock().now()
    )
    let diagnostics =
      ConnectionFile.secrets(workspace.project, workspace.connectors)
      + inspections.flatMap(\.problems)
    context.report(diagnostics)
    let errors = diagnostics.count { $0.severity == .error }
    if !context.wantsJSON, !context.wantsSARIF {
      for line in inspections.flatMap(\.forecasts) where !context.isQuiet { context.print(line) }
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

  private static func watch(_ context: Context) async throws(CommandFailure) -> ExitCode {
    try await ProjectChanges.follow(.flows, context) {
      do throws(CommandFailure) { _ = try await validate(context) } catch {
        // A file may be away for a moment; the next change shows it again.
        context.show(error.diagnostics)
      }
    }
  }
}
