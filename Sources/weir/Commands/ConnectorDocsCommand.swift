import CommandLineArguments
import Connectors
import Definitions

extension Command {
  static let connectorDocs = Command(
    spec: CommandSpec(
      "connector",
      "docs",
      summary: "Write the reference page of a connector as Markdown",
      positionals: [PositionalSpec("NAME", "The connector's folder name")]
    )
  ) { context in
    let workspace = try Workspace(context)
    let connector = try workspace.connectors.connector(named: context.arguments[0] ?? "")
    context.print(ReferencePage.markdown(for: connector))
    return .success
  }
}
