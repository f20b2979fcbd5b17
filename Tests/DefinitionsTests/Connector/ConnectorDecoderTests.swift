import Definitions
import Diagnostics
import OrderedJSON
import Testing

struct ConnectorDecoderTests {
  @Test func `the address joins scheme, host and base path without a trailing slash`() throws {
    let connector = try SampleConnector.connector(SampleConnector.files())
    #expect(connector.address.url == "https://api.example.com/v1")
    #expect(connector.operations.map(\.id) == ["List"])
  }

  @Test func `own parameters replace inherited ones of the same name and place`() throws {
    let connector = try SampleConnector.connector(
      SampleConnector.files(
        paths: """
          {"/things/{id}": {
            "parameters": [{"$ref": "#/parameters/id"},
              {"name": "q", "in": "query", "type": "string", "default": "inherited"}],
            "get": {"operationId": "Get", "parameters": [
              {"name": "q", "in": "query", "type": "string", "default": "own"},
              {"name": "payload", "in": "body", "schema": {"type": "object"}}]}}}
          """,
        extra: #""parameters": {"id": {"name": "id", "in": "path", "type": "string"}}"#
      )
    )
    let operation = try #require(connector.operation("get"))
    #expect(operation.parameters.map(\.name) == ["q", "id"])
    #expect(operation.parameter("q")?.defaultValue == "own")
    #expect(operation.parameter("id")?.isRequired == true)
    #expect(operation.body?.name == "payload")
  }

  @Test func `connection parameters, policies and script scope come from the properties`() throws {
    let connector = try SampleConnector.connector(
      SampleConnector.files(
        properties: """
          {"properties": {
            "connectionParameters": {
              "api_key": {"type": "SecureString", "uiDefinition": {"displayName": "Key",
                "constraints": {"required": "true"}}},
              "token": {"type": "oAuthSetting", "oAuthSettings": {"identityProvider": "AAD",
                "scopes": ["a b"], "customParameters": {"LoginUri": {"value": "https://x"}}}}},
            "policyTemplateInstances": [{"templateId": "SetHeader", "title": "t", "parameters": {
              "x-ms-apimTemplateParameter.name": "X", "x-ms-apimTemplateParameter.value": "1",
              "x-ms-apimTemplate-operationName": ["List"],
              "x-ms-apimTemplate-policySection": "Response"}}],
            "scriptOperations": ["Other"]}}
          """
      )
    )
    let set = try #require(connector.parameterSet(nil))
    #expect(set.name == "Default")
    #expect(set.parameter("API_KEY")?.isSecret == true)
    #expect(set.parameter("api_key")?.isRequired == true)
    #expect(set.oauth?.oauth?.identityProvider == "aad")
    #expect(set.oauth?.oauth?.settings["loginuri"] == "https://x")
    let policy = try #require(connector.policies.first)
    #expect(policy.template == "setheader")
    #expect(policy.text("Value") == "1")
    #expect(policy.section == .response)
    #expect(policy.applies(to: "LIST") && !policy.applies(to: "Else"))
    #expect(connector.script?.covers("other") == true)
    #expect(connector.script?.covers("List") == false)
  }

  @Test(arguments: [
    ("[]", "the definition is not a JSON object"),
    (#"{"openapi": "3.0.1"}"#, "the definition is written in OpenAPI '3.0.1'"),
    (#"{"paths": {}}"#, "the definition names no 'host'"),
    (#"{"host": "a.example"}"#, "the definition has no 'paths'"),
  ])
  func `what is no connector is refused with its place`(text: String, message: String) {
    let files = ConnectorFiles(name: "x", definition: SampleConnector.file("x.json", text))
    let (connector, diagnostics) = ConnectorDecoder.decode(files)
    #expect(connector == nil)
    #expect(diagnostics.map(\.message) == [message])
    #expect(diagnostics.first?.code == .unusableConnector)
    #expect(diagnostics.first?.location?.line == 1)
  }

  @Test func `broken text is refused at its line and column`() {
    let text = "{\n  \"host\": \"a\" \"b\"\n}"
    let files = ConnectorFiles(name: "x", definition: SampleConnector.file("x.json", text))
    let (connector, diagnostics) = ConnectorDecoder.decode(files)
    #expect(connector == nil)
    #expect(diagnostics.first?.code == .invalidJSON)
    #expect(diagnostics.first?.location?.line == 2)
    #expect(diagnostics.first?.location?.column == 15)
  }

  @Test func `each mended defect is one warning`() throws {
    let text = """
      {"host": "a.example",
       "paths": {"/a": {"get": {"operationId": "A",}},},
      }
      """
    let files = ConnectorFiles(name: "x", definition: SampleConnector.file("x.json", text))
    let (connector, diagnostics) = ConnectorDecoder.decode(files)
    #expect(connector?.operations.count == 1)
    #expect(diagnostics.map(\.code) == [.repairedJSON, .repairedJSON, .repairedJSON])
    #expect(diagnostics.allSatisfy { $0.severity == .warning })
    #expect(diagnostics.map { $0.location?.line } == [2, 2, 2])
  }

  @Test func `a broken properties file costs only what it holds`() throws {
    let (connector, diagnostics) = ConnectorDecoder.decode(
      SampleConnector.files(properties: "{\"properties\" {}}")
    )
    #expect(connector?.operations.count == 1)
    #expect(diagnostics.map(\.code) == [.invalidJSON])
    #expect(diagnostics.first?.location?.file == "sample/apiProperties.json")
  }

  @Test func `runtime settings are read and misspelt members are named`() throws {
    let (connector, diagnostics) = ConnectorDecoder.decode(
      SampleConnector.files(
        runtime: """
          {"throttling": {"calls": 5, "renewalPeriod": 0.5}, "sharable": false,
           "secrets": {"list": ["body/token"], "Lits": []}, "allowedHosts": ["*.example.com"]}
          """
      )
    )
    let runtime = try #require(connector?.runtime)
    #expect(runtime.throttling?.calls == 5)
    #expect(runtime.throttling?.renewalPeriod == .milliseconds(500))
    #expect(runtime.secrets["List"]?.map(\.description) == ["/body/token"])
    #expect(
      diagnostics.map(\.message) == [
        "runtime.json has no member 'sharable'", "the connector has no operation 'Lits'",
      ]
    )
    #expect(diagnostics.map(\.hint) == ["did you mean 'shareable'?", "did you mean 'List'?"])
  }

  @Test func `settings of the wrong kind are errors and never less strict`() throws {
    let (connector, diagnostics) = ConnectorDecoder.decode(
      SampleConnector.files(
        runtime: """
          {"shareable": "false", "secrets": {"List": "body/token"}, "allowedHosts": "x",
           "throttling": {"calls": 1, "renewalPeriod": 1, "burst": 2}}
          """
      )
    )
    #expect(connector?.runtime.isShareable == false)
    #expect(
      diagnostics.map(\.pointer) == [
        "/shareable", "/secrets/List", "/allowedHosts", "/throttling/burst",
      ]
    )
    #expect(diagnostics.allSatisfy { $0.severity == .error })
  }

  @Test func `a second operation of the same id is left out with a warning`() throws {
    let (connector, diagnostics) = ConnectorDecoder.decode(
      SampleConnector.files(
        paths: """
          {"/a": {"get": {"operationId": "A"}}, "/b": {"get": {"operationId": "A"}},
           "/c": {"get": {}}, "d": {"get": {"operationId": "D"}}}
          """
      )
    )
    #expect(connector?.operations.map(\.path.text) == ["/a"])
    #expect(diagnostics.count == 3)
    #expect(diagnostics.allSatisfy { $0.severity == .warning && $0.location != nil })
  }
}
