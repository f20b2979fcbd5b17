import CommandLineArguments
import Connectors
import Definitions
import Diagnostics
import Runtime

extension Command {
  static let connectionRotate = Command(
    spec: CommandSpec(
      "connection",
      "rotate",
      summary: "Give a connection new values, or sign in again",
      positionals: [connectionName],
      options: [connectionParameter] + connectionTrying + [
        OptionSpec("force", nil, "Take the new values even if they do not work")
      ],
      discussion: """
        Values that are not given stay as they are. The old values and the old sign-in stay in use \
        until the new ones have been tried, and for good when they do not work. Without \
        --parameter a person signs in again, or is asked for the secrets.
        """
    )
  ) { context in
    try await onSession(context, rotate)
  }

  private static func rotate(_ session: Session) async throws(CommandFailure) -> ExitCode {
    let making = ConnectionMaking(session: session)
    let (entry, old) = try await making.own(session.workspace.context.arguments[0] ?? "")
    let connector = try session.workspace.connectors.connector(named: old.connector)
    let set = connector.parameterSet(old.parameterSet)
    var record = old
    let given = try newValues(set, session)
    record.parameters.merge(given) { _, new in new }
    try making.check(record, connector)
    let made: ConnectionRecord
    do throws(CommandFailure) {
      made = try await making.finish(
        record,
        under: entry.key,
        connector,
        signsIn: set?.oauth != nil
      )
    } catch {
      session.workspace.context.note(
        "note: '\(old.name)' keeps its old values; --force takes the new ones all the same"
      )
      throw error
    }
    let output = ConnectionOutput(session: session)
    output.show(
      output.json(ConnectionBook.Entry(key: entry.key, connector: connector.name, record: made))
    )
    return .success
  }

  private static func newValues(_ set: ConnectionParameterSet?, _ session: Session)
    throws(CommandFailure) -> [String: String]
  {
    let context = session.workspace.context
    let given = try ConnectionWords(session: session).given(for: set)
    guard given.isEmpty, set?.oauth == nil else { return given }
    let secrets = (set?.parameters ?? []).filter(\.isSecret)
    guard ConnectionPrompt.isPossible(context.console), !secrets.isEmpty else {
      throw CommandFailure(
        .usage,
        "'connection rotate' needs --parameter K=V",
        hint: "known: \((set?.parameters ?? []).map(\.key).joined(separator: ", "))",
        exitCode: .usage
      )
    }
    let answers = secrets.map { parameter in
      (
        parameter.key,
        ConnectionPrompt.ask(parameter.title, isSecret: true, context.console)
      )
    }
    return Dictionary(answers.filter { !$0.1.isEmpty }) { $1 }
  }
}
