import CommandLineArguments
import Connectors
import Definitions
import Diagnostics
import Runtime
import Seams

/// The steps that making a connection and giving it new values share.
struct ConnectionMaking: Sendable {
  let session: Session

  private var context: Context { session.workspace.context }

  /// - Throws: `CommandFailure` with every value that is missing or cannot be used.
  func check(_ record: ConnectionRecord, _ connector: Connector) throws(CommandFailure) {
    let problems = ConnectionCheck.diagnostics(record.values, for: connector)
    guard !problems.contains(where: { $0.severity == .error }) else {
      throw CommandFailure(problems, .invalid)
    }
    context.show(problems)
  }

  /// Signs in when the connection needs a person, tries the connection, and saves it.
  ///
  /// Until the trial has succeeded nothing is stored: what is in use under the key stays in use.
  ///
  /// - Throws: `CommandFailure` when nobody signed in or the service refuses; nothing is saved then,
  ///   unless the person insists with `--force`.
  func finish(
    _ record: ConnectionRecord,
    under key: String,
    _ connector: Connector,
    signsIn: Bool
  ) async throws(CommandFailure) -> ConnectionRecord {
    var record = record
    if signsIn { record.signedIn = session.environment.clock.now() }
    let trial: ActiveConnection
    do throws(Diagnostic) {
      trial = try session.connections.activate(record, under: key, isTrial: true)
      if signsIn, let order = trial.order {
        let tokens = try await ConnectionSignIn(session: session).tokens(for: record, connector)
        try await session.connections.tokens.adopt(tokens, for: order)
      }
      if !context.arguments.has("no-test") { try await test(trial, &record) }
    } catch {
      throw CommandFailure([error], .failure)
    }
    let keeper = ConnectionKeeper(session: session)
    if signsIn {
      try await keeper.save(record, under: key, signedInOn: trial)
    } else {
      try await keeper.save(record, under: key)
    }
    return record
  }

  private func test(_ trial: ActiveConnection, _ record: inout ConnectionRecord)
    async throws(Diagnostic)
  {
    do throws(Diagnostic) {
      let finding = try await ConnectionTester(connections: session.connections).test(trial)
      context.note(Self.text(finding))
      record.status = .connected
    } catch {
      guard context.arguments.has("force") else { throw error }
      var warning = error
      warning.severity = .warning
      context.show([warning])
      record.status = ConnectionTester.status(after: error)
    }
    record.lastTested = session.environment.clock.now()
  }

  static func text(_ finding: ConnectionTester.Finding) -> String {
    switch finding {
    case .operation(let name): "'\(name)' answers"
    case .token: "a token was got; the connector has no operation to test with"
    case .values: "the values are complete; the connector has no operation to test with"
    }
  }

  // MARK: Finding

  /// A stored connection that the user may change.
  ///
  /// - Throws: `CommandFailure` when there is none, or it belongs to somebody else.
  func own(_ name: String) async throws(CommandFailure) -> (
    entry: ConnectionBook.Entry, record: ConnectionRecord
  ) {
    let (entry, record) = try await stored(name)
    guard record.owner == session.connections.user else {
      throw CommandFailure(
        .foreignConnection,
        "the connection '\(record.name)' belongs to '\(record.owner)'",
        hint: "only its owner can change it",
        exitCode: .failure
      )
    }
    return (entry, record)
  }

  private func stored(_ name: String) async throws(CommandFailure) -> (
    entry: ConnectionBook.Entry, record: ConnectionRecord
  ) {
    guard let entry = try await entry(name) else {
      if session.connections.declaration(name) != nil {
        throw CommandFailure(
          .connectionNotSaved,
          "the connection '\(name)' is declared in connections.json, not stored",
          hint: "change it there, or make a stored one: weir connection create \(name)",
          exitCode: .invalid
        )
      }
      throw try await unknown(name)
    }
    guard let record = entry.record else {
      throw CommandFailure([ConnectionBook.unreadable(name)], .unreachable)
    }
    return (entry, record)
  }

  /// - Throws: `CommandFailure` when the store cannot be read.
  func entry(_ name: String) async throws(CommandFailure) -> ConnectionBook.Entry? {
    let connections = session.connections
    do throws(Diagnostic) {
      return try await connections.book.find(name, for: connections.user)
    } catch {
      throw CommandFailure([error], .unreachable)
    }
  }

  /// - Throws: `CommandFailure` when the store cannot be read.
  func entries() async throws(CommandFailure) -> [ConnectionBook.Entry] {
    do throws(Diagnostic) { return try await session.connections.book.entries() } catch {
      throw CommandFailure([error], .unreachable)
    }
  }

  /// What to say about a name that stands for nothing.
  ///
  /// - Throws: `CommandFailure` when the store cannot be read.
  func unknown(_ name: String) async throws(CommandFailure) -> CommandFailure {
    let declared = try ConnectionFile.read(session.workspace.project).map(\.name)
    let names = try await entries().map { $0.record?.name ?? $0.key } + declared
    return CommandFailure(
      .unknownConnection,
      "there is no connection '\(name)'",
      hint: NearestName.suggestion(for: name, among: names).map { "did you mean '\($0)'?" }
        ?? "'weir connection list' shows them",
      exitCode: .notFound
    )
  }
}
