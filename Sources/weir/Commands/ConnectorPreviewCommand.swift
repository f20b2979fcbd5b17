import Seams
import CommandLineArguments
import Connectors
import Crypto
import Definitions
import Diagnostics
import HTTPMessages
import OrderedJSON
import Runtime
import Timekeeping

extension Command {
  static let connectorPreview = Command(
    spec: CommandSpec(
      "connector",
      "preview",
      summary: "Print the request that an operation would send; send nothing",
      positionals: [
        PositionalSpec("NAME", "The connector's folder name"),
        PositionalSpec("OPERATION", "The operation's id"),
      ],
      options: [
        OptionSpec("parameters", "JSON|@FILE", "The operation's parameters, by name"),
        OptionSpec("connection", "C", "Use this connection; secrets are masked"),
      ]
    )
  ) { context in
    let session = try await Session.open(context)
    let result = await preview(session)
    await session.close()
    return try result.get()
  }

  private static func preview(_ session: Session) async -> Result<ExitCode, CommandFailure> {
    let context = session.workspace.context
    do throws(CommandFailure) {
      let call = try await ConnectorRequest(session)
      let request = try call.masked(at: session.environment.clock.now())
      context.wantsJSON ? context.print(document(request)) : context.print(text(request))
      return .success(.success)
    } catch {
      return .failure(error)
    }
  }

  /// Source: command line contract, section "Shapes" (`connector preview`).
  private static func document(_ request: HTTPRequest) -> JSON {
    let headers = request.headers.fields.map { ($0.name, JSON.string($0.value)) }
    return [
      "method": .string(request.method), "url": .string(request.url),
      "headers": .object(JSONObject(headers)), "body": body(request),
    ]
  }

  private static func body(_ request: HTTPRequest) -> JSON {
    if request.body.isEmpty { return .null }
    if let text = String(validating: request.body, as: UTF8.self) { return .string(text) }
    return [
      "$content-type": .string(request.headers["Content-Type"] ?? "application/octet-stream"),
      "$content": .string(Base64.encode(request.body)),
    ]
  }

  private static func text(_ request: HTTPRequest) -> String {
    var lines = ["\(request.method) \(request.url)"]
    lines += request.headers.fields.map { "\($0.name): \($0.value)" }
    if !request.body.isEmpty { lines += ["", body(request).stringValue ?? "(binary)"] }
    return lines.joined(separator: "\n")
  }
}
