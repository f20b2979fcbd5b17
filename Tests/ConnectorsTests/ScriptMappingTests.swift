import Connectors
import Definitions
import Diagnostics
import HTTPMessages
import OrderedJSON
import Testing

struct ScriptMappingTests {
  private func call(_ scripts: String) throws -> ConnectorCall {
    let connector = try SampleConnector.make(
      paths: """
        {"/rows": {"post": {"operationId": "Rows", "parameters": [
          {"name": "ids", "in": "query", "type": "string"},
          {"name": "body", "in": "body", "schema": {"type": "object"}}]}}}
        """,
      properties: """
        {"connectionParameters": {"api_key": {"type": "securestring"}}, "scriptOperations": ["Rows"]}
        """,
      runtime: "{\"scripts\": \(scripts)}"
    )
    return ConnectorCall(connector: connector, operation: connector.operations[0])
  }

  private func send(_ call: ConnectorCall) throws -> (PreparedRequest, RequestDraft)? {
    let step = try call.step(
      inputs: .named(["ids": "1,2", "body": ["a": 1]]),
      connection: ConnectionValues(values: ["api_key": "k"])
    )
    guard case .send(let prepared, let draft) = step else { return nil }
    return (prepared, draft)
  }

  @Test func `a replacement changes every part of a request`() throws {
    let call = try call(
      """
      {"rows": {"request": {"method": "put", "path": "v2/@{outputs('request')['queries']['ids']}",
        "queries": {"id": "@split(outputs('request')['queries']['ids'], ',')", "ids": null},
        "headers": {"Authorization": "Bearer @{parameters('api_key')}", "Accept": null},
        "body": {"wrapped": "@body('request')"}}}}
      """
    )
    let request = try #require(try send(call)).0.request
    #expect(request.method == "PUT")
    #expect(request.target == "/v1/v2/1,2?id=1&id=2")
    #expect(request.headers["Authorization"] == "Bearer k")
    #expect(request.headers["Accept"] == nil)
    #expect(String(decoding: request.body, as: UTF8.self) == #"{"wrapped":{"a":1}}"#)
  }

  @Test func `a replacement changes a response`() throws {
    let call = try call(
      #"{"*": {"response": {"statusCode": 201, "body": {"n": "@length(body('response'))"}}}}"#
    )
    let draft = try #require(try send(call)).1
    let answer = HTTPResponse(
      status: 200,
      headers: ["Content-Type": "application/json"],
      body: Array("[1,2]".utf8)
    )
    let changed = try call.response(answer, to: draft, connection: ConnectionValues())
    #expect(changed.status == 201)
    #expect(String(decoding: changed.body, as: UTF8.self) == #"{"n":2}"#)
  }

  @Test func `an empty replacement makes an operation executable`() throws {
    let call = try call(#"{"Rows": {}}"#)
    #expect(Executability.obstacle(to: call.operation, of: call.connector) == nil)
    #expect(try send(call) != nil)
    let without = try self.call("{}")
    #expect(throws: Diagnostic.self) { try send(without) }
  }

  @Test func `a template without a value names its operation`() throws {
    let call = try call(#"{"*": {"request": {"body": "@body('request')['none']['x']"}}}"#)
    do throws(Diagnostic) {
      _ = try call.step(inputs: .named([:]), connection: ConnectionValues())
      Issue.record("no failure")
    } catch {
      #expect(error.code == .policyFailure && error.message.contains("'Rows'"))
    }
  }

  @Test func `defects of replacements are reported at their place`() throws {
    let runtime = """
      {"scripts": {"Raws": {}, "Rows": {"requests": {}, "request": {"body": "@concta('a')"}},
        "*": {"response": {"body": "@utcNow()"}}}}
      """
    let (_, diagnostics) = ConnectorDecoder.decode(
      ConnectorFiles(
        name: "c",
        definition: .init(
          path: "d",
          bytes: Array(
            #"{"host": "h", "paths": {"/a": {"get": {"operationId": "Rows"}}}}"#.utf8
          )
        ),
        runtime: .init(path: "runtime.json", bytes: Array(runtime.utf8))
      )
    )
    #expect(diagnostics.map(\.code) == Array(repeating: .runtimeSettingsDefect, count: 4))
    #expect(
      diagnostics.map(\.pointer) == [
        "/scripts/Raws", "/scripts/Rows/requests", "/scripts/Rows/request/body",
        "/scripts/*/response",
      ]
    )
  }
}
