import Connectors
import Definitions
import OrderedJSON

/// The connector, and perhaps the operation, that an action or trigger calls.
struct OperationUse {
  let connector: Connector
  let operation: ConnectorOperation?
  let isTrigger: Bool

  init?(_ flow: OpenFlow, _ path: [String], type: String) {
    guard FlowLanguage.isConnector(type),
      let host = flow.tree.root.node(at: path + ["inputs", "host"])
    else { return nil }
    let candidates = [
      ["connectionName"], ["connection", "referenceName"], ["connection", "name"],
    ]
    let written = candidates.lazy.compactMap { flow.tree.text(host.node(at: $0)) }.first
    guard let written else { return nil }
    let parts = written.split(separator: "'")
    let name = parts.count >= 4 ? String(parts[3]) : written
    guard let connector = flow.project.connector(ofConnection: name) else { return nil }
    self.connector = connector
    operation = flow.tree.text(host["operationId"]).flatMap { connector.operation($0) }
    isTrigger = path.dropLast().last == "triggers"
  }

  /// The inputs of the operation.
  var rows: [ParameterRows.Row] {
    operation.map { ParameterRows.rows(of: $0, resolver: connector.schemas) } ?? []
  }

  /// What stands for an operation in hover and completion.
  static func documentation(_ operation: ConnectorOperation, of connector: Connector) -> String {
    let rows = ParameterRows.rows(of: operation, resolver: connector.schemas)
    let inputs = rows.prefix(20).map { row in
      "- `\(row.flowKey)`\(row.isRequired ? " (required)" : "") \(row.type)"
    }
    let lines = ["**\(operation.title)** of `\(connector.name)`", operation.description ?? ""]
    return (lines + [inputs.joined(separator: "\n")]).filter { !$0.isEmpty }
      .joined(separator: "\n\n")
  }
}
