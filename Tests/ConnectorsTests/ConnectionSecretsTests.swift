import Definitions
import Diagnostics
import OrderedJSON
import Testing

@Suite struct ConnectionSecretsTests {
  private func problems(_ text: String) throws -> [Diagnostic] {
    let identity = try SampleConnector.shipped("azure-communication-identity")
    let bytes = Array(text.utf8)
    let source = SourceText(file: "connections.json", bytes: bytes)
    return ConnectionSecrets.problems(in: try JSONDocument(bytes), source) { name in
      name == identity.name ? identity : nil
    }
  }

  @Test func `a secret in the file of connections is found at its place and not shown`() throws {
    let found = try problems(
      """
      {
        "acs": {
          "connector": "azure-communication-identity",
          "parameters": { "api_key": "0123456789abcdef" }
        },
        "other": { "connector": "lost", "parameters": { "clientSecret": "hunter2", "host": "x" } }
      }
      """
    )
    #expect(found.map(\.code) == [.secretInClear, .secretInClear])
    #expect(found.map { $0.location?.line } == [4, 6])
    #expect(found.map { $0.location?.column } == [32, 67])
    #expect(found.allSatisfy { $0.hint?.contains("@appsetting('NAME')") == true })
    for problem in found {
      let shown = DiagnosticRenderer.text(problem)
      #expect(!shown.contains("0123") && !shown.contains("hunter2"), "\(shown)")
    }
  }

  @Test func `the connections of Logic Apps Standard are looked at, too`() throws {
    let found = try problems(
      """
      { "managedApiConnections": { "acs": {
          "api": { "id": "/subscriptions/x/managedApis/azure-communication-identity" },
          "parameterValues": { "api_key": "0123456789abcdef" },
          "authentication": { "type": "Raw", "scheme": "Key", "parameter": "hunter2" } } } }
      """
    )
    #expect(found.map { $0.location?.line } == [3, 4])
  }

  @Test func `references to settings are no secrets`() throws {
    let found = try problems(
      """
      {
        "acs": {
          "connector": "azure-communication-identity",
          "parameters": { "api_key": "@appsetting('KEY')" }
        },
        "other": { "connector": "lost", "parameters": { "password": "@{appsetting('A')}" } },
        "managedApiConnections": { "x": {
          "authentication": { "type": "Raw", "parameter": "@appsetting('K')" } } }
      }
      """
    )
    #expect(found.isEmpty, "\(found.map(\.message))")
  }
}
