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
      discussion: "Works offline and reports all problems; exits with 3 when there is an error."
    ),
    outputs: ["text", "json", "sarif"]
  ) { context in
    let workspace = try Workspace(context)
    var diagnostics: [Diagnostic] = []
    let entries = try flowsToCheck(context, workspace)
    for entry in entries { diagnostics += try workspace.problems(of: entry) }
    context.report(diagnostics)
    let errors = diagnostics.count { $0.severity == .error }
    if !context.wantsJSON, !context.wantsSARIF {
      let warnings = diagnostics.count - errors
      context.print(
        "\(entries.count) flow\(entries.count == 1 ? "" : "s"), \(errors) error\(errors == 1 ? "" : "s"), "
          + "\(warnings) warning\(warnings == 1 ? "" : "s")"
      )
    }
    return errors == 0 ? .success : .invalid
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
}
