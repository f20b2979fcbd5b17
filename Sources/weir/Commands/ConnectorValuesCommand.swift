import CommandLineArguments
import Connectors
import Definitions
import Diagnostics
import Engine
import OrderedJSON
import Runtime

extension Command {
  static let connectorValues = Command(
    spec: CommandSpec(
      "connector",
      "values",
      summary: "List the choices for an input, as its definition or the service knows them",
      positionals: [
        PositionalSpec("NAME", "The connector's folder name"),
        PositionalSpec("OPERATION", "The operation's id"),
        PositionalSpec("PARAMETER", "The input's key, such as 'site' or 'body/site'"),
      ],
      options: [
        OptionSpec("connection", "C", "The connection to ask with"),
        OptionSpec("parameters", "JSON|@FILE", "Inputs that the choices depend on"),
        OptionSpec("sandbox", nil, "Start the local Azure sandbox and use it for unset settings"),
      ]
    )
  ) { context in
    let session = try await Session.open(context)
    let result = await values(session)
    await session.close()
    return try result.get()
  }

  private static func values(_ session: Session) async -> Result<ExitCode, CommandFailure> {
    let context = session.workspace.context
    do throws(CommandFailure) {
      let request = try await ConnectorRequest(session)
      show(try await choices(request, session), context)
      return .success(.success)
    } catch {
      return .failure(error)
    }
  }

  private static func choices(_ request: ConnectorRequest, _ session: Session)
    async throws(CommandFailure) -> [DynamicChoices.Choice]
  {
    let key = session.workspace.context.arguments[2] ?? ""
    do throws(Diagnostic) {
      let operation = request.call.operation
      switch try ParameterChoices(key: key, operation: operation, of: request.call.connector) {
      case .listed(let choices): return choices
      case .dynamic(let source):
        let inputs = try source.inputs(given: request.parameters)
        return source.choices(in: try await answer(source, inputs, request, session))
      }
    } catch {
      throw CommandFailure([error], .invalid)
    }
  }

  /// The body that the listing operation answers with, all pages of it.
  private static func answer(
    _ source: DynamicChoices,
    _ inputs: JSONObject,
    _ request: ConnectorRequest,
    _ session: Session
  ) async throws(Diagnostic) -> JSON {
    guard let connection = request.connection else {
      throw Diagnostic(
        .usage,
        "the choices come from the service, so 'connector values' needs --connection C",
        hint: "name a connection of flows/connections.json"
      )
    }
    let performer = HTTPPerformer(
      environment: session.environment,
      connections: session.connections
    )
    let outcome = try await performer.perform(
      call: ConnectorCall(connector: request.call.connector, operation: source.operation),
      parameters: inputs,
      connection: connection,
      minimumItemCount: 5_000
    )
    return try body(outcome, source.operation.id)
  }

  private static func body(_ outcome: AttemptResult.Outcome, _ operation: String)
    throws(Diagnostic) -> JSON
  {
    switch outcome {
    case .response(let response) where (200..<300).contains(response.statusCode):
      return response.outputs["body"] ?? .null
    case .response(let response):
      let summary = ServiceFailure(outputs: response.outputs).summary.map { ": \($0)" } ?? ""
      throw Diagnostic(
        .callFailed,
        "'\(operation)' was answered with status \(response.statusCode)\(summary)"
      )
    case .failure(let code, let message, _): throw Diagnostic(.callFailed, "\(code): \(message)")
    case .refusal(_, let failure):
      throw Diagnostic(.callFailed, "\(failure.code): \(failure.message)")
    }
  }

  private static func show(_ choices: [DynamicChoices.Choice], _ context: Context) {
    guard !context.wantsJSON else {
      context.print(.array(choices.map { ["value": $0.value, "title": .string($0.title)] }))
      return
    }
    let rows = choices.map { [$0.value.stringValue ?? $0.value.text, $0.title] }
    context.print(TextTable.text(["VALUE", "TITLE"], rows))
  }
}
