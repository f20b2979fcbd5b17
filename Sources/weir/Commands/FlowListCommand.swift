import Diagnostics
import CommandLineArguments
import Definitions
import OrderedJSON

extension Command {
  static let flowList = Command(
    spec: CommandSpec("flow", "list", summary: "List the flows of the project")
  ) { context in
    let workspace = try Workspace(context)
    var rows: [JSON] = []
    for entry in workspace.flows.entries() { rows.append(try summary(of: entry, workspace)) }
    guard !context.wantsJSON else {
      context.print(.array(rows))
      return .success
    }
    let table = rows.map { row in
      ["name", "trigger", "actions", "state"].map { row[$0]?.shownText ?? "" }
    }
    context.print(TextTable.text(["FLOW", "TRIGGER", "ACTIONS", "STATE"], table))
    return .success
  }

  private static func summary(of entry: FlowLibrary.Entry, _ workspace: Workspace)
    throws(CommandFailure) -> JSON
  {
    let (flow, _) = try workspace.flows.read(entry)
    let errors = try workspace.problems(of: entry).count { $0.severity == .error }
    return [
      "name": .string(entry.name),
      "path": .string(workspace.project.shown(entry.path)),
      "trigger": .string((flow?.triggers ?? []).map(\.type).joined(separator: ", ")),
      "actions": .integer(Int64(flow?.allActions.count ?? 0)),
      "state": .string(errors == 0 ? "valid" : "\(errors) error\(errors == 1 ? "" : "s")"),
    ]
  }
}

extension JSON {
  /// A scalar as tables show it.
  var shownText: String {
    switch self {
    case .string(let text): text
    case .null: ""
    default: text
    }
  }
}
