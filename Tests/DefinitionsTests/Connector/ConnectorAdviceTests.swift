import Definitions
import Diagnostics
import Testing

struct ConnectorAdviceTests {
  private func messages(_ files: ConnectorFiles, _ code: DiagnosticCode) -> [String] {
    ConnectorDecoder.validate(files).diagnostics.filter { $0.code == code }.map(\.message)
  }

  @Test func `paths that differ only in a variable's name are confused`() {
    let files = SampleConnector.files(
      paths: """
        {"/a/{x}": {"get": {"operationId": "A"}}, "/A/{y}": {"get": {"operationId": "B"}}}
        """
    )
    #expect(messages(files, .structureAdvice) == ["the path '/A/{y}' cannot be told from '/a/{x}'"])
  }

  @Test func `operations are checked for id, summary, responses and GET bodies`() {
    let files = SampleConnector.files(
      paths: """
        {"/a": {"get": {"operationId": "A-1", "summary": "Ends.", "parameters": [
          {"name": "body", "in": "body", "schema": {}}], "responses": {"404": {}}}}}
        """
    )
    #expect(messages(files, .operationAdvice).count == 4)
  }

  @Test func `parameters are checked against the path and themselves`() {
    let files = SampleConnector.files(
      paths: """
        {"/a/{x}": {"get": {"operationId": "A", "parameters": [
          {"name": "y", "in": "path", "type": "string"},
          {"name": "n", "in": "query", "type": "integer", "default": "one"},
          {"name": "n", "in": "query", "type": "integer"}]}}}
        """
    )
    #expect(
      messages(files, .parameterAdvice).sorted() == [
        "the default of 'n' is no 'integer'",
        "the parameter 'n' occurs twice; the first counts",
        "the path of 'A' has '{x}' but no such parameter",
        "the path parameter 'y' does not occur in the path",
        "the path parameter 'y' has no 'x-ms-url-encoding'",
        "the path parameter 'y' is not required",
      ]
    )
  }

  @Test func `references and required names must exist`() {
    let files = SampleConnector.files(
      extra: """
        "definitions": {"a": {"properties": {"name": {"$ref": "#/definitions/b"}},
          "required": ["nmae"]}}
        """
    )
    let found = ConnectorDecoder.validate(files).diagnostics.filter { $0.code == .schemaAdvice }
    #expect(
      found.map(\.message).sorted() == [
        "'required' names 'nmae', which is no property",
        "the reference '#/definitions/b' leads nowhere",
      ]
    )
    #expect(found.contains { $0.hint == "did you mean 'name'?" })
    #expect(found.allSatisfy { $0.pointer?.hasPrefix("/definitions/a/") == true })
  }

  @Test func `policies must name known templates and operations`() {
    let files = SampleConnector.files(
      properties: """
        {"properties": {"policyTemplateInstances": [{"templateId": "setheaders", "title": "t",
          "parameters": {"x-ms-apimTemplate-operationName": ["Nope"]}}]}}
        """
    )
    let found = ConnectorDecoder.validate(files).diagnostics.filter { $0.code == .policyAdvice }
    #expect(found.count == 2)
    #expect(found.first?.hint == "did you mean 'setheader'?")
  }

  @Test func `every piece of advice is a warning with a place`() {
    let files = SampleConnector.files(
      paths: #"{"/a?b": {"get": {"operationId": "x y", "responses": {}}}}"#
    )
    let diagnostics = ConnectorDecoder.validate(files).diagnostics
    #expect(diagnostics.count > 4)
    #expect(diagnostics.allSatisfy { $0.severity == .warning && ($0.location?.line ?? 0) > 0 })
  }
}
