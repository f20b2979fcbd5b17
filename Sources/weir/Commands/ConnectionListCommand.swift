import CommandLineArguments
import OrderedJSON
import Runtime

extension Command {
  static let connectionList = Command(
    spec: CommandSpec(
      "connection",
      "list",
      summary: "List the connections: stored ones, and those that connections.json declares"
    )
  ) { context in
    try await onSession(context, list)
  }

  private static func list(_ session: Session) async throws(CommandFailure) -> ExitCode {
    let context = session.workspace.context
    let output = ConnectionOutput(session: session)
    let entries = try await ConnectionMaking(session: session).entries()
    let declared = try ConnectionFile.read(session.workspace.project).filter { declaration in
      !entries.contains { $0.key == declaration.name.lowercased() }
    }
    let rows = entries.map(output.json) + declared.map(output.json)
    guard !context.wantsJSON else {
      context.print(.array(rows))
      return .success
    }
    let table = rows.map { row in
      ["name", "connector", "parameterSet", "status", "owner", "limits"].map {
        ConnectionOutput.text(row[$0] ?? .null)
      }
    }
    context.print(
      TextTable.text(["CONNECTION", "CONNECTOR", "SET", "STATUS", "OWNER", "LIMITS"], table)
    )
    return .success
  }
}
