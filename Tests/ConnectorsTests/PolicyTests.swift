import Connectors
import Definitions
import Diagnostics
import HTTPMessages
import OrderedJSON
import Testing

struct PolicyTests {
  @Test(arguments: try PolicyCase.all())
  func `changes the request as the fixture says`(_ test: PolicyCase) throws {
    let call = try test.call()
    do throws(Diagnostic) {
      var step = try call.step(inputs: test.inputs, connection: test.connection)
      if case .lookUp(let lookup) = step {
        let expected = test.document["lookup"] ?? .null
        check(lookup.request, against: expected)
        let answer = HTTPResponse(status: 200, body: (expected["answer"] ?? .null).bytes)
        step = try call.step(
          inputs: test.inputs,
          connection: test.connection,
          extras: CallExtras(lookups: [answer])
        )
      }
      guard case .send(let prepared, _) = step else {
        Issue.record("a second look-up")
        return
      }
      #expect(test.document["error"] == nil)
      check(prepared.request, against: test.document["request"] ?? .null)
    } catch {
      #expect(error.code.id == test.document["error"]?.stringValue, "\(error)")
    }
  }

  private func check(_ request: HTTPRequest, against expected: JSON) {
    if let url = expected["url"]?.stringValue { #expect(request.url == url) }
    if let method = expected["method"]?.stringValue { #expect(request.method == method) }
    for header in expected["headers"]?.objectValue?.members ?? [] {
      #expect(request.headers[header.key] == header.value.stringValue)
    }
    if let body = expected["body"] {
      #expect(String(decoding: request.body, as: UTF8.self) == body.text)
    }
  }

  @Test func `response policies change headers and bodies`() throws {
    var test = PolicyCase(name: "", document: .null)
    test.document = [
      "policies": [
        [
          "templateId": "setheader", "section": "Response",
          "parameters": ["name": "Location", "value": "https://x.example/@body().id"],
        ],
        [
          "templateId": "setheader", "section": "Failure",
          "parameters": ["name": "X-Failed", "value": "yes"],
        ],
        [
          "templateId": "setproperty", "section": "Response",
          "parameters": [
            "newPropertyParentPathTemplate": "@body()", "newPropertySubPathTemplate": "a/b",
            "propertyValuePathTemplate": "@headers('X-H')",
          ],
        ],
      ]
    ]
    let call = try test.call()
    guard case .send(_, let draft) = try call.step(inputs: test.inputs, connection: test.connection)
    else { return }
    let answer = HTTPResponse(
      status: 200,
      headers: ["Content-Type": "application/json", "X-H": "h"],
      body: Array(#"{"id":9}"#.utf8)
    )
    let changed = try call.response(answer, to: draft, connection: test.connection)
    #expect(changed.headers["Location"] == "https://x.example/9")
    #expect(changed.headers["X-Failed"] == nil)
    #expect(String(decoding: changed.body, as: UTF8.self) == #"{"id":9,"a":{"b":"h"}}"#)
    let failed = try call.response(
      HTTPResponse(status: 500, body: Array("oops".utf8)),
      to: draft,
      connection: test.connection
    )
    #expect(failed.headers["X-Failed"] == "yes")
    #expect(String(decoding: failed.body, as: UTF8.self) == "oops")
  }

  @Test func `a status may mean that the connection is broken`() throws {
    let connector = try SampleConnector.make(
      paths: #"{"/a": {"get": {"operationId": "A"}}}"#,
      properties: """
        {"policyTemplateInstances": [{"templateId": "setconnectionstatustounauthenticated",
          "parameters": {"x-ms-apimTemplateParameter.statusCode": 403}}]}
        """
    )
    let operation = connector.operations[0]
    #expect(ConnectionHealth.isBroken(by: 403, of: operation, in: connector))
    #expect(!ConnectionHealth.isBroken(by: 401, of: operation, in: connector))
  }
}
