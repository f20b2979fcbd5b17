import Connectors
import CurlTransport
import Definitions
import Diagnostics
import HTTPMessages
import HTTPServer
import OrderedJSON
import Seams
import Synchronization
import Testing

/// Webhook triggers against a service that really calls back.
@Suite struct WebhookCallerTests {
  private let transport = CurlTransport(userAgent: "weir/test")
  private let connection = ConnectionValues(values: ["api_key": "k-1"])

  /// Where notifications arrive: what each is to the trigger.
  private final class Receiver: Sendable {
    let outputs = Mutex<[JSONObject]>([])
  }

  private func connector(_ service: WebhookService, _ shape: String) throws -> Connector {
    let hook = """
      {"operationId": "Hook", "x-ms-trigger": "\(shape)", "parameters": [{"name": "body",
       "in": "body", "required": true, "schema": {"type": "object", "required": ["hook"],
       "properties": {"event": {"type": "string"}, "hook": {"type": "object", "required": ["url"],
       "properties": {"url": {"type": "string", "x-ms-notification-url": true,
       "x-ms-visibility": "internal"}}}}}}], "responses": {"201": {"description": "made"}}}
      """
    let unhook = """
      {"operationId": "Unhook", "x-ms-visibility": "internal", "parameters": [{"name": "id",
       "in": "path", "required": true, "type": "string"}], "responses": {}}
      """
    let definition = """
      {"swagger": "2.0", "info": {"title": "Hooks", "version": "1"}, "host": "\(service.address)",
       "basePath": "/v1", "schemes": ["http"], "securityDefinitions": {"k": {"type": "apiKey",
       "in": "header", "name": "X-Key"}}, "paths": {"/hooks": {"x-ms-notification-content":
       {"schema": {"type": "object"}}, "post": \(hook)}, "/hooks/{id}": {"delete": \(unhook)}}}
      """
    let properties =
      #"{"properties": {"connectionParameters": {"api_key": {"type": "securestring"}}}}"#
    func file(_ name: String, _ text: String) -> ConnectorFiles.File {
      ConnectorFiles.File(path: name, bytes: Array(text.utf8))
    }
    let files = ConnectorFiles(
      name: "hooks",
      definition: file("apiDefinition.swagger.json", definition),
      properties: file("apiProperties.json", properties)
    )
    let (connector, diagnostics) = ConnectorDecoder.decode(files)
    return try #require(connector, "\(diagnostics)")
  }

  private func send(
    _ operation: String,
    _ inputs: JSONObject,
    of connector: Connector,
    callbackURL: String? = nil
  ) async throws -> (HTTPRequest, HTTPResponse) {
    let found = try #require(connector.operation(operation))
    let call = ConnectorCall(connector: connector, operation: found)
    let extras = CallExtras(callbackURL: callbackURL)
    let step = try call.step(inputs: .named(inputs), connection: connection, extras: extras)
    guard case .send(let prepared, _) = step else {
      throw Diagnostic(.notExecutable, "nothing to send")
    }
    return (prepared.request, try await transport.send(prepared.request, limits: .standard))
  }

  /// Subscribes, is called back with each body, ends the subscription; gives what came of it.
  private func life(
    _ naming: WebhookService.Naming,
    _ shape: String,
    _ bodies: [(text: String, type: String)]
  ) async throws -> [JSONObject] {
    let service = try WebhookService(naming)
    let connector = try connector(service, shape)
    let operation = try #require(connector.operation("Hook"))
    guard case .webhook(let trigger) = TriggerModel(operation: operation, of: connector) else {
      throw Diagnostic(.notExecutable, "no webhook")
    }
    let receiver = Receiver()
    let door = try HTTPServer(on: ListenAddress(host: "127.0.0.1", port: 0)) { request, _ in
      guard request.path == "/callbacks/unguessable" else { return HTTPResponse(status: 404) }
      receiver.outputs.withLock { $0 += trigger.outputs(of: request) }
      return HTTPResponse(status: 202)
    }
    let address = "http://\(door.address)/callbacks/unguessable"
    let inputs: JSONObject = ["body/event": "changed"]
    let (request, response) = try await send("Hook", inputs, of: connector, callbackURL: address)
    #expect(response.status == 201)
    #expect(service.subscribers == [address])
    for body in bodies {
      #expect(try await service.notify(body.text, type: body.type) == [202])
    }
    let end = try #require(trigger.unsubscription(after: request, response))
    switch end {
    case .location(let followUp):
      #expect(followUp.keepsCredentials && naming != .identifier)
      let status = try await transport.send(followUp.request, limits: .standard).status
      #expect(status == 204)
    case .operation(let id, let inputs):
      #expect(naming == .identifier)
      #expect(try await send(id, inputs, of: connector).1.status == 204)
    }
    #expect(service.subscribers.isEmpty)
    #expect(try await service.notify("{}", type: "application/json") == [])
    let ends = service.requests.filter { $0.method == "DELETE" }
    #expect(ends.map(\.path) == ["/v1/hooks/s1"])
    #expect(ends.allSatisfy { $0.body.isEmpty && $0.headers["Content-Type"] == nil })
    await door.stop(within: .zero)
    await service.stop()
    return receiver.outputs.withLock { $0 }
  }

  private let json = "application/json; charset=utf-8"

  @Test(arguments: WebhookService.Naming.allCases)
  func `a single notification is one event, whatever it holds`(_ naming: WebhookService.Naming)
    async throws
  {
    let outputs = try await life(
      naming,
      "single",
      [
        (#"{"value": [1, 2], "é": "ü"}"#, json), ("[3, 4]", json), ("plain", "text/plain"),
        ("", json),
      ]
    )
    #expect(
      outputs.map { $0["body"] } == [["value": [1, 2], "é": "ü"], [3, 4], "plain", nil]
    )
    #expect(outputs.allSatisfy { $0["headers"]?["X-Event"] == "changed" })
  }

  @Test(arguments: WebhookService.Naming.allCases)
  func `a batch is one event for each item`(_ naming: WebhookService.Naming) async throws {
    let outputs = try await life(
      naming,
      "batch",
      [
        (#"[{"n": 1}, {"n": 2}]"#, json), (#"{"value": [{"n": 3}]}"#, json),
        (#"{"at": "t", "changes": [{"n": 4}, {"n": 5}]}"#, json), ("[]", json),
        (#"{"n": 6}"#, json),
      ]
    )
    #expect(
      outputs.map { $0["body"] } == [
        ["n": 1], ["n": 2], ["n": 3], ["n": 4], ["n": 5], ["n": 6],
      ]
    )
  }

  @Test func `credentials do not go to a location on another host`() async throws {
    let service = try WebhookService(.relativeLocation)
    let other = try WebhookService(.relativeLocation)
    let connector = try connector(service, "single")
    let operation = try #require(connector.operation("Hook"))
    let trigger = try #require(WebhookTrigger(operation: operation, of: connector))
    let (request, _) = try await send(
      "Hook",
      [:],
      of: connector,
      callbackURL: "http://127.0.0.1:9/"
    )
    let lure = HTTPResponse(
      status: 201,
      headers: ["Location": "http://\(other.address)/v1/hooks/s1"]
    )
    guard case .location(let end) = trigger.unsubscription(after: request, lure) else {
      Issue.record("no location")
      return
    }
    #expect(try await transport.send(end.request, limits: .standard).status == 401)
    #expect(other.requests.allSatisfy { $0.headers["X-Key"] == nil && $0.body.isEmpty })
    await service.stop()
    await other.stop()
  }
}
