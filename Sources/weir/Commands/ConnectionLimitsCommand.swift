import CommandLineArguments
import Diagnostics
import OrderedJSON
import Runtime
import Seams

extension Command {
  static let connectionLimits = Command(
    spec: CommandSpec(
      "connection",
      "limits",
      summary: "Show or change how many calls a connection may make in a period",
      positionals: [connectionName],
      options: [
        OptionSpec("calls", "N", "At most this many calls…"),
        OptionSpec("period", "S", "…in this many seconds (default: 60)"),
        OptionSpec("off", nil, "Lift the limit"),
        OptionSpec("default", nil, "Go back to the connector's own limit"),
      ]
    )
  ) { context in
    let wanted = try wantedLimit(context.arguments)
    return try await onSession(context) { session throws(CommandFailure) in
      try await limits(wanted, session)
    }
  }

  private static func wantedLimit(_ arguments: Arguments) throws(UsageError)
    -> ConnectionDeclaration.Limit?
  {
    let calls = try arguments.integer("calls", in: 1...1_000_000)
    let ways = [calls != nil, arguments.has("off"), arguments.has("default")].count { $0 }
    guard ways <= 1 else {
      throw UsageError("--calls, --off and --default exclude each other")
    }
    if arguments.has("off") { return .off }
    if arguments.has("default") { return .ofConnector }
    let text = arguments.value("period")
    guard let calls else {
      if text != nil { throw UsageError("--period needs --calls N") }
      return nil
    }
    guard let seconds = Double(text ?? "60"), seconds > 0, seconds <= 86_400 else {
      throw UsageError("'--period \(text ?? "")' is no number of seconds up to 86400")
    }
    return .calls(CallLimit(calls: calls, renewalPeriod: .seconds(seconds)))
  }

  private static func limits(_ wanted: ConnectionDeclaration.Limit?, _ session: Session)
    async throws(CommandFailure) -> ExitCode
  {
    let context = session.workspace.context
    let name = context.arguments[0] ?? ""
    if let wanted { try await set(wanted, name, session) }
    let making = ConnectionMaking(session: session)
    let entry = try await making.entry(name)
    let declaration = session.connections.declaration(name)
    guard let limit = entry?.record?.limit ?? declaration?.limit,
      let connector = entry?.connector ?? declaration?.connector
    else { throw try await making.unknown(name) }
    let loaded = session.workspace.connectors.connector(connector)
    let effective = ConnectionOutput(session: session).limits(limit, loaded)
    guard !context.wantsJSON else {
      context.print(["name": .string(name), "connector": .string(connector), "limits": effective])
      return .success
    }
    context.print(ConnectionOutput.text(effective))
    return .success
  }

  private static func set(
    _ limit: ConnectionDeclaration.Limit,
    _ name: String,
    _ session: Session
  ) async throws(CommandFailure) {
    let (entry, record) = try await ConnectionMaking(session: session).own(name)
    var changed = record
    changed.limit = limit
    try await ConnectionKeeper(session: session).save(changed, under: entry.key)
  }
}
