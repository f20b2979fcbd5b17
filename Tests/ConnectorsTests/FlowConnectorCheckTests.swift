import Connectors
import Definitions
import Diagnostics
import Fixtures
import OrderedJSON
import Testing

struct FlowConnectorCheckTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var document: JSON
    var testDescription: String { document["name"]?.stringValue ?? "" }
  }

  static func cases() throws -> [Case] {
    (try Fixtures.json("ConnectorsTests/Data/flow-checks.json").arrayValue ?? []).map(Case.init)
  }

  private func connector(_ runtime: JSON?) throws -> Connector {
    try SampleConnector.make(
      paths: """
        {"/lists/{list}": {"parameters": [{"name": "list", "in": "path", "type": "string", "required": true}],
          "post": {"operationId": "Add", "parameters": [{"name": "top", "in": "query", "type": "integer"},
            {"name": "body", "in": "body", "schema": {"type": "object", "required": ["title"], "properties": {
              "title": {"type": "string"}, "color": {"type": "string", "enum": ["red", "green"]},
              "rows": {"type": "array", "items": {"$ref": "#/definitions/Row"}}}}}]},
          "get": {"operationId": "Get", "parameters": [
            {"name": "q", "in": "query", "type": "integer", "required": true}]}},
         "/scripted": {"get": {"operationId": "Scripted"}},
         "/hooks": {"x-ms-notification-content": {"schema": {"type": "object"}},
          "post": {"operationId": "Hook", "x-ms-trigger": "single", "parameters": [
            {"name": "body", "in": "body", "schema": {"type": "object", "required": ["url"], "properties": {
              "event": {"type": "string"},
              "url": {"type": "string", "x-ms-notification-url": true, "x-ms-visibility": "internal"}}}}]}}}
        """,
      extra: """
        "definitions": {"Row": {"type": "object", "properties": {"n": {"type": "integer"}}}}
        """,
      properties: #"{"scriptOperations": ["Scripted"]}"#,
      runtime: runtime?.text,
      hasScript: true
    )
  }

  @Test(arguments: try cases())
  func `a flow is checked against its connectors`(_ test: Case) throws {
    let document: JSON = [
      "triggers": test.document["triggers"] ?? ["manual": ["type": "Request"]],
      "actions": test.document["actions"] ?? [:],
    ]
    let read = FlowReader.read(name: "f", file: "f.json", bytes: document.bytes)
    let flow = try #require(read.flow)
    let connector = try connector(test.document["runtime"])
    let problems = FlowConnectorCheck.problems(of: flow, references: ["c": "sample"]) { name in
      name == "sample" ? connector : nil
    }
    let wanted = test.document["problems"]?.arrayValue ?? []
    #expect(problems.map(\.code.id) == wanted.map { $0["code"]?.stringValue ?? "" })
    for (problem, expected) in zip(problems, wanted) {
      #expect(problem.severity.rawValue == expected["severity"]?.stringValue)
      if let pointer = expected["pointer"]?.stringValue { #expect(problem.pointer == pointer) }
      if let hint = expected["hint"]?.stringValue { #expect(problem.hint == hint) }
      #expect(problem.location?.line == 1)
    }
  }

  @Test func `choices come from the definition or from another operation`() throws {
    let connector = try SampleConnector.make(
      paths: """
        {"/a": {"post": {"operationId": "A", "parameters": [
          {"name": "kind", "in": "query", "type": "string", "enum": ["x", "y"]},
          {"name": "free", "in": "query", "type": "string"},
          {"name": "body", "in": "body", "schema": {"type": "object", "properties": {
            "site": {"type": "string", "x-ms-dynamic-values": {"operationId": "B", "value-path": "id",
              "value-title": "name", "parameters": {}}},
            "tags": {"type": "array", "items": {"type": "string", "x-ms-enum-values": [
              {"value": "t", "displayName": "Tee"}]}}}}}]}},
         "/b": {"get": {"operationId": "B"}}}
        """
    )
    let operation = try #require(connector.operation("A"))
    func choices(_ key: String) throws -> ParameterChoices {
      try ParameterChoices(key: key, operation: operation, of: connector)
    }
    guard case .listed(let kinds) = try choices("kind"),
      case .listed(let tags) = try choices("body/tags"),
      case .dynamic(let sites) = try choices("body/site")
    else {
      Issue.record("other kinds of choices")
      return
    }
    #expect(kinds.map(\.title) == ["x", "y"] && tags.map(\.title) == ["Tee"])
    #expect(sites.operation.id == "B")
    #expect(throws: Diagnostic.self) { try choices("free") }
    #expect(throws: Diagnostic.self) { try choices("body/sites") }
  }
}
