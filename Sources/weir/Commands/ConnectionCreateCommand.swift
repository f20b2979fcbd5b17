import CommandLineArguments
import Connectors
import Definitions
import Diagnostics
import Runtime
import Seams

extension Command {
  static let connectionCreate = Command(
    spec: CommandSpec(
      "connection",
      "create",
      summary: "Make a connection to a service, and store it sealed",
      positionals: [PositionalSpec("NAME", "What flows call it")],
      options: [
        OptionSpec("connector", "C", "The connector's folder name"),
        connectionParameter,
        OptionSpec("parameter-set", "S", "Which way to connect (default: the first)"),
        OptionSpec("shared", nil, "Let runs of others use it"),
      ] + connectionTrying,
      discussion: """
        A value is written out, or comes from a setting (K=env:VAR), a file (K=file:PATH) or the \
        terminal (K=-). What is required and missing is asked for at a terminal. A connector that \
        needs a person to sign in prints an address for the browser; give the registered \
        application as token:ClientId and token:ClientSecret.
        """
    )
  ) { context in
    guard context.arguments.value("connector") != nil else {
      throw UsageError(
        "'connection create' needs --connector C",
        hint: "'weir connector list' shows the connectors"
      )
    }
    return try await onSession(context, create)
  }

  static let connectionParameter = OptionSpec(
    "parameter",
    "K=V",
    "A value of the connection: K=V, K=env:VAR, K=file:PATH or K=-",
    repeats: true
  )

  static let connectionTrying = [
    OptionSpec("no-test", nil, "Do not try the connection"),
    OptionSpec(
      "listen",
      "HOST:PORT",
      "Where to catch the redirect of a sign-in (default: \(ConnectionSignIn.usualAddress))"
    ),
  ]

  private static func create(_ session: Session) async throws(CommandFailure) -> ExitCode {
    let arguments = session.workspace.context.arguments
    let name = arguments[0] ?? ""
    let connector = try session.workspace.connectors.connector(
      named: arguments.value("connector") ?? ""
    )
    try requireName(name)
    if arguments.has("shared") { try requireShareable(connector) }
    let key = try await freeKey(name, session)
    let set = connector.parameterSet(arguments.value("parameter-set"))
    let words = ConnectionWords(session: session)
    let record = ConnectionRecord(
      name: name,
      connector: connector.name,
      parameterSet: arguments.value("parameter-set") ?? set?.name,
      parameters: words.completed(try words.given(for: set), for: set),
      owner: session.connections.user,
      isShared: arguments.has("shared"),
      created: session.environment.clock.now()
    )
    let making = ConnectionMaking(session: session)
    try making.check(record, connector)
    let made = try await making.finish(record, under: key, connector, signsIn: set?.oauth != nil)
    let entry = ConnectionBook.Entry(key: key, connector: connector.name, record: made)
    let output = ConnectionOutput(session: session)
    output.show(output.json(entry))
    return .success
  }

  private static func requireName(_ name: String) throws(CommandFailure) {
    let isFit =
      !name.isEmpty && name.utf8.count <= 80
      && name.allSatisfy { $0.isLetter || $0.isNumber || "-_. ".contains($0) }
    guard !isFit else { return }
    throw CommandFailure(
      .usage,
      "'\(name)' cannot be the name of a connection",
      hint: "use up to 80 letters, digits, spaces and - _ .",
      exitCode: .usage
    )
  }

  /// - Throws: `CommandFailure` for a connector whose connections each person makes alone.
  static func requireShareable(_ connector: Connector) throws(CommandFailure) {
    guard !connector.runtime.isShareable else { return }
    throw CommandFailure(
      .notShareable,
      "connections of '\(connector.name)' cannot be shared",
      hint: "others make connections of their own",
      exitCode: .invalid
    )
  }

  private static func freeKey(_ name: String, _ session: Session)
    async throws(CommandFailure) -> String
  {
    let connections = session.connections
    do throws(Diagnostic) {
      if let key = try await connections.book.freeKey(name, for: connections.user) { return key }
    } catch {
      throw CommandFailure([error], .unreachable)
    }
    throw CommandFailure(
      .connectionExists,
      "there is a connection '\(name)' already",
      hint: "give it new values with 'weir connection rotate \(name)', or delete it first",
      exitCode: .invalid
    )
  }
}
