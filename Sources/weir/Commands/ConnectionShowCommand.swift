import CommandLineArguments
import Runtime

extension Command {
  static let connectionShow = Command(
    spec: CommandSpec(
      "connection",
      "show",
      summary: "Show a connection without its secrets",
      positionals: [connectionName]
    )
  ) { context in
    try await onSession(context, show)
  }

  static let connectionName = PositionalSpec("NAME", "The connection's name")

  private static func show(_ session: Session) async throws(CommandFailure) -> ExitCode {
    let name = session.workspace.context.arguments[0] ?? ""
    let making = ConnectionMaking(session: session)
    let output = ConnectionOutput(session: session)
    if let entry = try await making.entry(name) {
      output.show(output.json(entry))
    } else if let declaration = session.connections.declaration(name) {
      output.show(output.json(declaration))
    } else {
      throw try await making.unknown(name)
    }
    return .success
  }
}
