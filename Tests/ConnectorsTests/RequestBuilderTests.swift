import Connectors
import Definitions
import Diagnostics
import HTTPMessages
import OrderedJSON
import Testing

struct RequestBuilderTests {
  @Test(arguments: try RequestCase.all())
  func `builds the request of the fixture`(_ test: RequestCase) throws {
    let builder = try test.builder()
    do throws(Diagnostic) {
      let draft = try builder.draft(for: test.inputs)
      check(draft.request, against: test.document["request"] ?? .null)
      #expect(test.document["request"] != nil)
    } catch {
      #expect(test.document["error"] != nil, "\(error)")
      #expect(error.code.id == test.document["error"]?["code"]?.stringValue)
      #expect(error.message == test.document["error"]?["message"]?.stringValue)
      if let hint = test.document["error"]?["hint"]?.stringValue { #expect(error.hint == hint) }
    }
  }

  private func check(_ request: HTTPRequest, against expected: JSON) {
    let type = request.headers["Content-Type"].map(MediaType.init)
    let boundary = type?.parameter("boundary") ?? ""
    func filled(_ text: String?) -> String? {
      text?.split(separator: "{boundary}", omittingEmptySubsequences: false)
        .joined(separator: boundary)
    }
    if let method = expected["method"]?.stringValue { #expect(request.method == method) }
    if let target = expected["target"]?.stringValue { #expect(request.target == target) }
    for header in expected["headers"]?.objectValue?.members ?? [] {
      #expect(request.headers[header.key] == filled(header.value.stringValue))
    }
    if let body = filled(expected["body"]?.stringValue) {
      #expect(String(decoding: request.body, as: UTF8.self) == body)
    }
    #expect(request.authority == "api.example.com")
    #expect(request.scheme == "https")
  }

  @Test func `the callback address fills the marked property`() throws {
    let connector = try SampleConnector.make(
      paths: """
        {"/hooks": {"post": {"operationId": "Hook", "x-ms-trigger": "single", "parameters": [
          {"name": "body", "in": "body", "schema": {"type": "object", "required": ["hook"],
            "properties": {"hook": {"type": "object", "required": ["url"], "properties": {
              "url": {"type": "string", "x-ms-notification-url": true,
                "x-ms-visibility": "internal"}}}}}}]}}}
        """
    )
    let builder = RequestBuilder(connector: connector, operation: connector.operations[0])
    let draft = try builder.draft(for: .named([:]), callbackURL: "https://me.example/cb")
    #expect(
      String(decoding: draft.request.body, as: UTF8.self)
        == #"{"hook":{"url":"https://me.example/cb"}}"#
    )
  }

  @Test func `a path may be given as a template with encoded values`() throws {
    let call = PathCall(
      inputs: [
        "method": "get",
        "pathTemplate": ["template": "/lists/{id}/items", "parameters": ["id": "a%252Fb"]],
      ]
    )
    #expect(call.path == "/lists/a%252Fb/items" && call.method == "get")
    #expect(PathCall(inputs: ["path": "/x", "queries": ["a": 1]]).queries == ["a": 1])
  }

  @Test func `names are checked without values`() throws {
    let connector = try SampleConnector.shipped("azure-communication-identity")
    let operation = try #require(connector.operation("IssueIdentityAccessToken"))
    let found = ParameterCheck.diagnostics(
      names: ["identityID", "body/scopes", "body/expires"],
      operation: operation,
      connector: connector
    )
    #expect(found.map(\.code) == [.unknownParameter, .unknownParameter, .missingParameter])
    #expect(found.first?.hint == "did you mean 'identityId'?")
    #expect(found.last?.message == "'IssueIdentityAccessToken' needs the parameter 'identityId'")
    let fine = ParameterCheck.diagnostics(
      names: ["identityId"],
      operation: operation,
      connector: connector
    )
    #expect(fine.isEmpty)
  }

  @Test func `a recursive body ends`() throws {
    let connector = try SampleConnector.make(
      paths: """
        {"/t": {"post": {"operationId": "T", "parameters": [{"name": "body", "in": "body",
          "required": true, "schema": {"$ref": "#/definitions/t"}}]}}}
        """,
      extra: """
        "definitions": {"t": {"type": "object", "required": ["n", "next"], "properties": {
          "n": {"type": "integer", "default": 1}, "next": {"$ref": "#/definitions/t"}}}}
        """
    )
    let builder = RequestBuilder(connector: connector, operation: connector.operations[0])
    let body = try builder.draft(for: .named([:])).request.body
    #expect(body.count > 10 && body.count < 1_000)
  }
}
