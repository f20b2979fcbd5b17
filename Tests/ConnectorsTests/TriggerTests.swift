import Connectors
import Definitions
import Diagnostics
import HTTPMessages
import OrderedJSON
import Testing
import Timekeeping

struct TriggerTests {
  private func webhook() throws -> (Connector, WebhookTrigger) {
    let connector = try SampleConnector.make(
      paths: """
        {"/hooks": {"x-ms-notification-content": {"schema": {"type": "object"}}, "post": {
          "operationId": "Hook", "x-ms-trigger": "batch", "parameters": [{"name": "body",
          "in": "body", "schema": {"type": "object", "properties": {"url": {"type": "string",
          "x-ms-notification-url": true}}}}]}},
         "/hooks/{id}": {"delete": {"operationId": "Unhook", "parameters": [
          {"name": "id", "in": "path", "required": true, "type": "string"}]}}}
        """
    )
    let operation = try #require(connector.operation("Hook"))
    guard case .webhook(let webhook) = TriggerModel(operation: operation, of: connector) else {
      throw Diagnostic(.notExecutable, "no webhook")
    }
    return (connector, webhook)
  }

  private let request = HTTPRequest(
    method: "POST",
    scheme: "https",
    authority: "api.example.com",
    target: "/v1/hooks",
    headers: ["Authorization": "Bearer t"]
  )

  @Test func `a notification of a batch fires once for each item`() throws {
    let (_, webhook) = try webhook()
    #expect(webhook.callbackPath == ["url"])
    var notification = HTTPRequest(method: "POST", scheme: "https", authority: "me", target: "/cb")
    notification.headers["Content-Type"] = "application/json"
    notification.body = Array(#"{"value": [{"n": 1}, {"n": 2}]}"#.utf8)
    #expect(webhook.outputs(of: notification).map { $0["body"] } == [["n": 1], ["n": 2]])
  }

  @Test func `the location ends a subscription, with credentials only on the same host`() throws {
    let (_, webhook) = try webhook()
    let relative = HTTPResponse(status: 201, headers: ["Location": "/v1/hooks/7"])
    guard case .location(let own) = webhook.unsubscription(after: request, relative) else {
      Issue.record("no location")
      return
    }
    #expect(
      own.request.method == "DELETE" && own.request.url == "https://api.example.com/v1/hooks/7"
    )
    #expect(own.keepsCredentials)
    let foreign = HTTPResponse(status: 201, headers: ["Location": "https://evil.example/"])
    guard case .location(let other) = webhook.unsubscription(after: request, foreign) else {
      return
    }
    #expect(!other.keepsCredentials && other.request.headers["Authorization"] == nil)
  }

  @Test func `without a location the delete operation takes the id of the answer`() throws {
    let (_, webhook) = try webhook()
    let answer = HTTPResponse(
      status: 201,
      headers: ["Content-Type": "application/json"],
      body: Array(#"{"id": 7}"#.utf8)
    )
    guard case .operation(let id, let inputs) = webhook.unsubscription(after: request, answer)
    else {
      Issue.record("no operation")
      return
    }
    #expect(id == "Unhook" && inputs == ["id": 7])
    #expect(webhook.unsubscription(after: request, HTTPResponse(status: 201)) == nil)
  }

  private func polling(_ trigger: String = "batch") throws -> PollingTemplate {
    let connector = try SampleConnector.make(
      paths: #"{"/a": {"get": {"operationId": "A", "x-ms-trigger": "\#(trigger)"}}}"#,
      properties: """
        {"policyTemplateInstances": [{"templateId": "pollingtrigger", "parameters": {
          "x-ms-apimTemplateParameter.triggerConfig": {
            "q": "created gt @{triggerBody().list[0].at}", "per_page": 1},
          "x-ms-apimTemplateParameter.triggerDataPath": "@triggerBody().list",
          "x-ms-apimTemplate-operationName": ["A"]}}]}
        """
    )
    let operation = connector.operations[0]
    guard case .pollingTemplate(let polling) = TriggerModel(operation: operation, of: connector)
    else { throw Diagnostic(.notExecutable, "no polling") }
    return polling
  }

  @Test func `a polling trigger fires what came after the first poll`() throws {
    let polling = try polling()
    let first = try polling.begin(["list": [["at": "t1"]]])
    #expect(first.fired.isEmpty)
    #expect(first.state == ["q": "created gt t1", "per_page": "1"])
    let none = try polling.poll(["list": []], state: first.state)
    #expect(none.fired.isEmpty && none.state == first.state)
    let some = try polling.poll(["list": [["at": "t3"], ["at": "t2"]]], state: first.state)
    #expect(some.fired == [["at": "t3"], ["at": "t2"]])
    #expect(some.state["q"] == "created gt t3")
  }

  @Test func `an empty first answer leaves the parameter out`() throws {
    let first = try polling().begin(["list": []])
    #expect(first.state == ["per_page": "1"])
    let next = try polling("single").poll(["list": [["at": "t1"]]], state: first.state)
    #expect(next.fired == [["list": [["at": "t1"]]]])
  }

  @Test func `the state overrides the query`() throws {
    let connector = try SampleConnector.make(
      paths: """
        {"/a": {"get": {"operationId": "A", "parameters": [
          {"name": "q", "in": "query", "type": "string"}]}}}
        """
    )
    let call = ConnectorCall(connector: connector, operation: connector.operations[0])
    var extras = CallExtras()
    extras.queries = ["q": "x y"]
    let step = try call.step(
      inputs: .named(["q": "own"]),
      connection: ConnectionValues(),
      extras: extras
    )
    guard case .send(let prepared, _) = step else {
      Issue.record("nothing to send")
      return
    }
    #expect(prepared.request.target == "/v1/a?q=x%20y")
  }

  @Test func `a native trigger is told by the service where to ask next`() {
    var get = request
    get.method = "GET"
    func next(_ location: String?) -> String? {
      var response = HTTPResponse(status: 202)
      response.headers["Location"] = location
      return NativePolling.location(of: response, to: get)?.url
    }
    let base = "\(get.scheme)://\(get.authority)"
    #expect(next("?triggerState=2") == "\(base)/v1/hooks?triggerState=2")
    #expect(next(nil) == nil)
    get.scheme = "https"
    #expect(next("http://elsewhere.test/x") == nil)
  }
}
