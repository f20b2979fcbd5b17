import CommandLineArguments
import Definitions
import Diagnostics
import Engine
import OrderedJSON
import Runtime

extension Command {
  static let connectorCall = Command(
    spec: CommandSpec(
      "connector",
      "call",
      summary: "Send one request of an operation, under the connection's throttle",
      positionals: [
        PositionalSpec("NAME", "The connector's folder name"),
        PositionalSpec("OPERATION", "The operation's id"),
      ],
      options: [
        OptionSpec("connection", "C", "The connection to use"),
        OptionSpec("parameters", "JSON|@FILE", "The operation's parameters, by name"),
        OptionSpec("sandbox", nil, "Start the local Azure sandbox and use it for unset settings"),
      ]
    )
  ) { context in
    guard context.arguments.value("connection") != nil else {
      throw UsageError("'connector call' needs --connection C")
    }
    let session = try await Session.open(context)
    let result = await call(session)
    await session.close()
    return try result.get()
  }

  private static func call(_ session: Session) async -> Result<ExitCode, CommandFailure> {
    let context = session.workspace.context
    do throws(CommandFailure) {
      let request = try await ConnectorRequest(session)
      guard let connection = request.connection else { return .success(.usage) }
      let performer = HTTPPerformer(
        environment: session.environment,
        connections: session.connections
      )
      let outcome = try await outcome(of: request, connection, performer)
      switch outcome {
      case .failure(let code, let message, _):
        throw CommandFailure(.callFailed, "\(code): \(message)", exitCode: .failure)
      case .refusal(_, let failure):
        throw CommandFailure(
          .callFailed,
          "\(failure.code): \(failure.message)",
          exitCode: .failure
        )
      case .response(let response):
        context.print(RunView.masked(response.outputs, at: response.secretPointers))
        if let failure = response.failure {
          throw CommandFailure(
            .callFailed,
            "\(failure.code): \(failure.message)",
            exitCode: .failure
          )
        }
        return .success((200..<300).contains(response.statusCode) ? .success : .failure)
      }
    } catch {
      return .failure(error)
    }
  }

  private static func outcome(
    of request: ConnectorRequest,
    _ connection: ActiveConnection,
    _ performer: HTTPPerformer
  ) async throws(CommandFailure) -> AttemptResult.Outcome {
    do throws(Diagnostic) {
      return try await performer.perform(
        call: request.call,
        parameters: request.parameters,
        connection: connection
      )
    } catch {
      let isInput = [.unknownParameter, .missingParameter, .unusableParameterValue]
        .contains(error.code)
      throw CommandFailure([error], isInput ? .invalid : .failure)
    }
  }
}
