import CommandLineArguments
import Diagnostics
import Runtime

extension Command {
  static let connectionShare = Command(
    spec: CommandSpec(
      "connection",
      "share",
      summary: "Let runs of others use a connection, or keep it to its owner",
      positionals: [connectionName],
      options: [OptionSpec("off", nil, "Share it no more")],
      discussion: """
        What is running keeps the connection it has; every later action looks again. A connector \
        may rule out sharing: then each person makes a connection of their own.
        """
    )
  ) { context in
    try await onSession(context, share)
  }

  private static func share(_ session: Session) async throws(CommandFailure) -> ExitCode {
    let arguments = session.workspace.context.arguments
    var (entry, record) = try await ConnectionMaking(session: session).own(arguments[0] ?? "")
    record.isShared = !arguments.has("off")
    if record.isShared {
      try requireShareable(session.workspace.connectors.connector(named: record.connector))
    }
    try await ConnectionKeeper(session: session).save(record, under: entry.key)
    entry.record = record
    let output = ConnectionOutput(session: session)
    output.show(output.json(entry))
    return .success
  }
}
