import CommandLineArguments
import Definitions
import OrderedJSON

extension Command {
  static let connectorList = Command(
    spec: CommandSpec("connector", "list", summary: "List the connectors of the project")
  ) { context in
    let workspace = try Workspace(context)
    let rows: [JSON] = workspace.connectors.names().map { name in
      let connector = workspace.connectors.connector(name)
      return [
        "name": .string(name),
        "title": .string(connector?.summary.title ?? ""),
        "operations": .integer(Int64(connector?.operations.count ?? 0)),
        "loaded": .bool(connector != nil),
      ]
    }
    guard !context.wantsJSON else {
      context.print(.array(rows))
      return .success
    }
    let table = rows.map { row in
      [
        row["name"]?.shownText ?? "", row["operations"]?.shownText ?? "",
        row["loaded"] == true ? row["title"]?.shownText ?? "" : "cannot be loaded",
      ]
    }
    context.print(TextTable.text(["CONNECTOR", "OPERATIONS", "TITLE"], table))
    return .success
  }
}
