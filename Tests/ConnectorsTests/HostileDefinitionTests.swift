import Connectors
import Definitions
import HTTPMessages
import OrderedJSON
import Testing

/// Definitions that would keep a careless reader busy for years.
@Suite(.timeLimit(.minutes(1))) struct HostileDefinitionTests {
  /// Each definition refers to the next one twice: 2^40 objects when it is expanded.
  private static let doubling =
    (0..<40).map { number in
      """
      "D\(number)": {"type": "object", "properties": {"a": {"$ref": "#/definitions/D\(number + 1)"},
        "b": {"$ref": "#/definitions/D\(number + 1)"}}}
      """
    }.joined(separator: ",") + #", "D40": {"type": "string"}"#

  private static let merging =
    (0..<40).map { number in
      """
      "D\(number)": {"allOf": [{"$ref": "#/definitions/D\(number + 1)"},
        {"$ref": "#/definitions/D\(number + 1)"}]}
      """
    }.joined(separator: ",")
    + #", "D40": {"type": "object", "properties": {"z": {"type": "string"}}}"#

  private static let circular = """
    "D0": {"type": "object", "required": ["n", "l"], "properties": {
      "n": {"$ref": "#/definitions/D0"}, "l": {"type": "array", "items": {"$ref": "#/definitions/D0"}},
      "m": {"$ref": "#/definitions/D1"}}}, "D1": {"$ref": "#/definitions/D2"},
    "D2": {"$ref": "#/definitions/D1"}
    """

  @Test(arguments: [doubling, merging, circular])
  func `schemas are never expanded`(definitions: String) throws {
    let connector = try SampleConnector.make(
      paths: """
        {"/a": {"post": {"operationId": "A", "parameters": [
          {"name": "body", "in": "body", "schema": {"$ref": "#/definitions/D0"}}],
          "responses": {"200": {"schema": {"$ref": "#/definitions/D0"}}}}}}
        """,
      extra: "\"definitions\": {\(definitions)}"
    )
    let operation = connector.operations[0]
    let builder = RequestBuilder(connector: connector, operation: operation)
    let inputs: JSONObject = ["body": ["a": ["b": [:]], "n": ["l": [[:]]], "z": "z"]]
    #expect(try builder.draft(for: .named(inputs)).request.body.isEmpty == false)
    _ = try? builder.draft(for: .named(["body/x": 1]))
    _ = ParameterCheck.diagnostics(names: ["body/x/y"], operation: operation, connector: connector)
    #expect(ReferencePage.markdown(for: connector).hasPrefix("# "))
    #expect(InputSchema.schema(for: operation, of: connector)["type"] == "object")
  }

  @Test func `patterns of a definition are never run, and paths cost little`() throws {
    let variables = (0..<30).map { "{v\($0)}" }.joined()
    let parameters = (0..<30).map { number in
      #"{"name": "v\#(number)", "in": "path", "required": true, "type": "string"}"#
    }.joined(separator: ",")
    let connector = try SampleConnector.make(
      paths: """
        {"/\(variables)x": {"get": {"operationId": "A", "parameters": [\(parameters)]}},
         "/q": {"get": {"operationId": "Q", "parameters": [
          {"name": "q", "in": "query", "type": "string", "pattern": "^(a+)+$"}]}}}
        """
    )
    let long = String(repeating: "a", count: 5_000)
    #expect(throws: (any Error).self) {
      try OperationMatcher.match(PathCall(method: "GET", path: "/" + long), in: connector)
    }
    let builder = RequestBuilder(
      connector: connector,
      operation: try #require(connector.operation("Q"))
    )
    let request = try builder.draft(for: .named(["q": .string(long + "!")])).request
    #expect(request.target == "/v1/q?q=\(long)!")
  }
}
