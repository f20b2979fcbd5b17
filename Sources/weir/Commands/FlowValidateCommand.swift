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
    )
  ) { context in
    let workspace = try Workspace(context)
    var diagnostics: [Diagnostic] = []
    let entries = try flowsToCheck(context, workspace)
    for entry in entries { diagnostics += try workspace.problems(of: entry) }
    context.report(diagnostics)
    let errors = diagnostics.count { $0.severity == .error }
    if !context.wantsJSON {
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
    guard !context.arguments.positionals.isEmpty else { return workspace.flows.entries() }
    var entries: [FlowLibrary.Entry] = []
    for word in context.arguments.positionals {
      entries.append(try workspace.flows.entry(named: word))
    }
    return entries
  }
}
