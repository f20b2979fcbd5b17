import CommandLineArguments
import Connectors
import OrderedJSON
import Runtime

extension Command {
  static let flowSchema = Command(
    spec: CommandSpec(
      "flow",
      "schema",
      summary: "Print a JSON Schema for flow files, for editors",
      discussion: """
        Holds the types of actions and triggers, and every operation of the connectors in \
        definitions/ with its parameters and their values. flows/README.md says how editors use it.
        """
    )
  ) { context in
    let workspace = try Workspace(context)
    let connections = try ConnectionFile.read(workspace.project)
    let schema = FlowSchema.schema(
      connectors: workspace.connectors.names().compactMap { workspace.connectors.connector($0) },
      connections: Dictionary(connections.map { ($0.name, $0.connector) }) { first, _ in first }
    )
    context.console.writeResult(schema.text + "\n")
    return .success
  }
}
