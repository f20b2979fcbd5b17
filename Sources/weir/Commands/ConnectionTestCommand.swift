import CommandLineArguments
import Connectors
import Definitions
import Diagnostics
import Runtime
import Seams

extension Command {
  static let connectionTest = Command(
    spec: CommandSpec(
      "connection",
      "test",
      summary: "Try a connection: its values, its token, and the connector's test operation",
      positionals: [connectionName],
      options: [
        OptionSpec("sandbox", nil, "Start the local Azure sandbox and use it for unset settings")
      ]
    )
  ) { context in
    try await onSession(context, test)
  }

  private static func test(_ session: Session) async throws(CommandFailure) -> ExitCode {
    let context = session.workspace.context
    let name = context.arguments[0] ?? ""
    let making = ConnectionMaking(session: session)
    let entry = try await making.entry(name)
    if entry == nil, session.connections.declaration(name) == nil {
      throw try await making.unknown(name)
    }
    let problem: Diagnostic?
    do throws(Diagnostic) {
      context.note(ConnectionMaking.text(try await tried(name, session)))
      problem = nil
    } catch {
      problem = error
    }
    if let entry { try await note(problem, entry, session) }
    if let problem { throw CommandFailure([problem], .failure) }
    try await show(name, session)
    return .success
  }

  private static func tried(_ name: String, _ session: Session)
    async throws(Diagnostic) -> ConnectionTester.Finding
  {
    let connection = try await session.connections.unsigned(name)
    let problems = ConnectionCheck.diagnostics(connection.values, for: connection.connector)
    if let first = problems.first(where: { $0.severity == .error }) { throw first }
    return try await ConnectionTester(connections: session.connections).test(connection)
  }

  /// A connection of somebody else keeps the status that its owner knows.
  private static func note(
    _ problem: Diagnostic?,
    _ entry: ConnectionBook.Entry,
    _ session: Session
  ) async throws(CommandFailure) {
    guard var record = entry.record, problem?.code != .foreignConnection else { return }
    record.status = problem.map(ConnectionTester.status) ?? .connected
    record.lastTested = session.environment.clock.now()
    if record.owner == session.connections.user {
      return try await ConnectionKeeper(session: session).save(record, under: entry.key)
    }
    do throws(Diagnostic) {
      try await session.connections.book.save(record, under: entry.key)
    } catch {
      throw CommandFailure([error], .unreachable)
    }
  }

  private static func show(_ name: String, _ session: Session) async throws(CommandFailure) {
    let output = ConnectionOutput(session: session)
    if let entry = try await ConnectionMaking(session: session).entry(name) {
      output.show(output.json(entry))
    } else if let declaration = session.connections.declaration(name) {
      output.show(output.json(declaration))
    }
  }
}
