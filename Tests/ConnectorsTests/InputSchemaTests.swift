import Connectors
import Definitions
import OrderedJSON
import Testing

struct InputSchemaTests {
  @Test func `the schema lists every input with its meaning`() throws {
    let connector = try SampleConnector.shipped("azure-communication-identity")
    let operation = try #require(connector.operation("IssueIdentityAccessToken"))
    let schema = InputSchema.schema(for: operation, of: connector)
    #expect(
      schema["properties"]?.objectValue.map { Array($0.keys) } == [
        "identityId", "body", "body/scopes", "body/expiresInMinutes",
      ]
    )
    #expect(schema["required"] == ["identityId"])
    #expect(schema["additionalProperties"] == false)
    let identity = schema["properties"]?["identityId"]
    #expect(identity?["title"] == "User ID")
    #expect(identity?["anyOf"]?[0] == ["type": "string"])
    #expect(identity?["anyOf"]?[1]?["pattern"] == "^@")
    let scopes = schema["properties"]?["body/scopes"]
    #expect(scopes?["default"] == ["chat"])
    let scope = scopes?["anyOf"]?[0]?["items"]?["anyOf"]
    #expect(scope?[0]?["enum"]?.arrayValue?.contains("voip") == true)
    #expect(scope?[1]?["pattern"] == "^@")
  }

  @Test func `a recursive body has a finite schema`() throws {
    let connector = try SampleConnector.make(
      paths: """
        {"/t": {"post": {"operationId": "T", "parameters": [{"name": "body", "in": "body",
          "schema": {"$ref": "#/definitions/t"}}]}}}
        """,
      extra: """
        "definitions": {"t": {"type": "object", "properties": {
          "n": {"type": "integer"}, "next": {"$ref": "#/definitions/t"}}}}
        """
    )
    let schema = InputSchema.schema(for: connector.operations[0], of: connector)
    #expect((schema["properties"]?.objectValue?.count ?? 0) < 10)
  }

  @Test(arguments: [
    ("/a/b", "/a/b"), ("/a/@{variables('x')}/b", "/a/0/b"),
    ("/a/@{encodeURIComponent(concat('}', '{'))}", "/a/0"), ("@{a}", "0"),
    ("@concat('/a')", nil), ("/a/@{open", nil),
  ])
  func `a path with expressions can be checked`(path: String, checkable: String?) {
    #expect(PathCall(method: "GET", path: path).checkablePath == checkable)
  }
}
