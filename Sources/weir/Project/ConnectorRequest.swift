import Crypto
import CommandLineArguments
import Connectors
import Definitions
import Diagnostics
import HTTPMessages
import OrderedJSON
import Runtime
import Timekeeping

/// One call of an operation from the command line.
struct ConnectorRequest: Sendable {
  let call: ConnectorCall
  let parameters: JSONObject
  /// `nil` previews without credentials.
  let connection: ActiveConnection?

  init(call: ConnectorCall, parameters: JSONObject, connection: ActiveConnection?) {
    self.call = call
    self.parameters = parameters
    self.connection = connection
  }

  /// Reads the words NAME OPERATION and the options `--parameters` and `--connection`.
  ///
  /// Only what is really sent needs a token; asking for one is a request of its own.
  ///
  /// - Throws: `CommandFailure` when something is unknown or unusable.
  init(_ session: Session, isSent: Bool = true) async throws(CommandFailure) {
    let arguments = session.workspace.context.arguments
    let connector = try session.workspace.connectors.connector(named: arguments[0] ?? "")
    let operation = try Command.operation(arguments[1] ?? "", of: connector)
    call = ConnectorCall(connector: connector, operation: operation)
    let given = arguments.value("parameters")
    let value = try given.map { text throws(CommandFailure) in
      try InputFile.json(argument: text, session.workspace.project)
    }
    guard let object = (value ?? [:]).objectValue else {
      throw CommandFailure(
        .usage,
        "--parameters is no JSON object",
        hint: "write --parameters '{\"name\": \"value\"}'",
        exitCode: .usage
      )
    }
    parameters = object
    guard let name = arguments.value("connection") else {
      connection = nil
      return
    }
    do throws(Diagnostic) {
      let connections = session.connections
      connection =
        isSent ? try await connections.connection(name) : try await connections.unsigned(name)
    } catch {
      throw CommandFailure([error], error.code == .unknownConnection ? .notFound : .failure)
    }
  }

  /// The signed request with every secret masked.
  ///
  /// When a look-up or a token comes first, it is that one: what follows depends on its answer.
  ///
  /// - Throws: `CommandFailure` when it cannot be built.
  func masked(at now: Timestamp) throws(CommandFailure) -> HTTPRequest {
    do throws(Diagnostic) {
      guard let connection else { return try call.builder.draft(for: .named(parameters)).request }
      var values = connection.values
      if connection.order != nil, values.token == nil { values.token = SecretMask.mask }
      let mask = SecretMask(values, of: connection.connector)
      switch try call.step(inputs: .named(parameters), connection: values) {
      case .lookUp(let prepared), .send(let prepared, _):
        return mask.request(prepared.signed(at: now, with: .openSSL))
      case .needToken(let fetch):
        return mask.request(fetch.request.signed(at: now, with: .openSSL))
      case .answer:
        throw Diagnostic(
          .notExecutable,
          "'\(call.operation.id)' sends nothing: runtime.json holds its answer",
          hint: "'weir connector call' shows the answer"
        )
      }
    } catch {
      throw CommandFailure([error], .invalid)
    }
  }
}
