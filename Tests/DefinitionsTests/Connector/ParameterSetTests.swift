import Definitions
import Diagnostics
import Testing

struct ParameterSetTests {
  private func decode(_ sets: String) -> (connector: Connector?, diagnostics: [Diagnostic]) {
    func file(_ name: String, _ text: String) -> ConnectorFiles.File {
      ConnectorFiles.File(path: name, bytes: Array(text.utf8))
    }
    let definition = """
      {"swagger": "2.0", "info": {"title": "T", "version": "1"}, "host": "a.example",
       "paths": {"/": {"get": {"operationId": "Get", "responses": {"200": {"description": ""}}}}}}
      """
    let properties = """
      {"properties": {"connectionParameters": {"api_key": {"type": "securestring"}}}}
      """
    return ConnectorDecoder.decode(
      ConnectorFiles(
        name: "t",
        definition: file("apiDefinition.swagger.json", definition),
        properties: file("apiProperties.json", properties),
        runtime: file("runtime.json", "{\"parameterSets\": \(sets)}")
      )
    )
  }

  @Test func `sets stand beside the published one, which stays the first`() throws {
    let sets = """
      [{"name": "mi", "uiDefinition": {"displayName": "Managed identity"},
        "parameters": {"address": {"type": "string"}},
        "token": {"grant": "managed-identity", "scope": "s/.default"}, "endpoint": "address"}]
      """
    let (connector, diagnostics) = decode(sets)
    #expect(diagnostics.isEmpty)
    #expect(connector?.parameterSet(nil)?.name == "Default")
    let set = try #require(connector?.parameterSet("MI"))
    #expect(set.title == "Managed identity" && set.endpoint == "address" && set.usesToken)
    #expect(set.token == TokenGrant(kind: .managedIdentity, scope: "s/.default"))
  }

  @Test(arguments: [
    ("[{\"parameters\": {}}]", "has no 'name'"),
    ("[{\"name\": \"a\", \"parametres\": {}}]", "'parametres'"),
    ("[{\"name\": \"default\", \"parameters\": {}}]", "two parameter sets named 'default'"),
    (
      "[{\"name\": \"a\", \"parameters\": {}, \"token\": {\"grant\": \"client-secrt\"}}]",
      "no grant 'client-secrt'"
    ),
    (
      "[{\"name\": \"a\", \"parameters\": {}, \"token\": {\"grant\": \"client-secret\", \"scope\": \"s\"}}]",
      "lacks the parameter 'tenantId'"
    ),
    (
      "[{\"name\": \"a\", \"parameters\": {}, \"token\": {\"grant\": \"managed-identity\"}}]",
      "needs 'scope'"
    ),
    ("[{\"name\": \"a\", \"parameters\": {}, \"endpoint\": \"e\"}]", "lacks the parameter 'e'"),
  ])
  func `what is wrong with a set is said where it stands`(_ sets: String, _ message: String) {
    let problems = decode(sets).diagnostics
    #expect(problems.contains { $0.message.contains(message) && $0.location != nil })
  }
}
