import Connectors
import Definitions
import Diagnostics
import OrderedJSON
import Testing

struct ConnectorReportTests {
  private func report(_ definition: String, _ properties: String, hasScript: Bool = false)
    -> ConnectorReport
  {
    ConnectorReport(
      files: ConnectorFiles(
        name: "c",
        definition: .init(path: "c/d.json", bytes: Array(definition.utf8)),
        properties: .init(path: "c/p.json", bytes: Array(properties.utf8)),
        hasScript: hasScript
      ),
      path: "c"
    )
  }

  private static let definition = """
    {"swagger": "2.0", "host": "h.example", "paths": {"/a": {"get": {"operationId": "A"},
      "put": {"operationId": "B"}}}, "securityDefinitions": {"s": {"type": "apiKey",
      "in": "header", "name": "X"}}}
    """

  @Test func `operations in the scope of a script are not executable`() {
    let report = report(Self.definition, #"{"properties": {"scriptOperations": ["b"]}}"#)
    #expect(report.isLoaded && report.operations == 2 && report.executable == 1)
    #expect(report.notExecutable.map(\.operationID) == ["B"])
  }

  @Test func `a script without a scope takes part in everything`() {
    let report = report(Self.definition, #"{"properties": {}}"#, hasScript: true)
    #expect(report.executable == 0)
  }

  @Test func `a gateway is out of reach`() {
    let report = report(
      Self.definition,
      """
      {"properties": {"connectionParameters": {"gateway": {"type": "gatewaySetting",
        "uiDefinition": {"constraints": {"required": "true"}}}}}}
      """
    )
    #expect(report.notExecutable.first?.reason.contains("gateway") == true)
  }

  @Test func `a security definition without a value is advised about`() {
    let report = report(
      Self.definition,
      #"{"properties": {"connectionParameters": {"site": {"type": "string"}}}}"#
    )
    #expect(report.diagnostics.contains { $0.code == .securityAdvice })
  }

  @Test func `the document has the members that scripts rely on`() {
    let json = report("{]", "{}").json
    #expect(json["loaded"] == false && json["operations"] == 0)
    #expect(json["diagnostics"]?[0]?["code"] == "J0001")
    #expect(json["diagnostics"]?[0]?["line"] == 1)
    #expect(
      json.objectValue.map { Array($0.keys) } == [
        "connector", "path", "loaded", "operations", "executable", "notExecutable", "diagnostics",
      ]
    )
  }
}
