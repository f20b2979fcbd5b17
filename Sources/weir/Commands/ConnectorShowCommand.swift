import CommandLineArguments
import Connectors
import Definitions
import Diagnostics
import OrderedJSON

extension Command {
  static let connectorShow = Command(
    spec: CommandSpec(
      "connector",
      "show",
      summary: "Show a connector's operations, or one operation with its parameters",
      positionals: [PositionalSpec("NAME", "The connector's folder name")],
      options: [OptionSpec("operation", "ID", "Show this operation")]
    )
  ) { context in
    let workspace = try Workspace(context)
    let connector = try workspace.connectors.connector(named: context.arguments[0] ?? "")
    let document: JSON
    if let id = context.arguments.value("operation") {
      document = ConnectorDescription.operation(try operation(id, of: connector), of: connector)
    } else {
      document = ConnectorDescription.connector(connector)
    }
    if context.wantsJSON {
      context.print(document)
    } else if context.arguments.value("operation") != nil {
      context.print(ConnectorDescription.text(ofOperation: document))
    } else {
      context.print(ConnectorDescription.text(ofConnector: document))
    }
    return .success
  }

  /// - Throws: `CommandFailure` with the nearest name when there is no such operation.
  static func operation(_ id: String, of connector: Connector) throws(CommandFailure)
    -> ConnectorOperation
  {
    if let operation = connector.operation(id) { return operation }
    let nearest = NearestName.suggestion(for: id, among: connector.operations.map(\.id))
    throw CommandFailure(
      .unknownOperation,
      "'\(connector.name)' has no operation '\(id)'",
      hint: nearest.map { "did you mean '\($0)'?" }
        ?? "'weir connector show \(connector.name)' lists its operations",
      exitCode: .notFound
    )
  }
}
