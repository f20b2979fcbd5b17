import Definitions
import Diagnostics
import FlowTesting
import Fixtures
import HTTPMessages
import OrderedJSON
import Runtime
import Testing

/// A flow with a test file, and what must come of it.
struct FlowTestCase: Sendable, CustomTestStringConvertible {
  let name: String
  let flows: JSONObject
  let test: JSON
  let recording: JSON
  /// For each case of the file, its problems as `subject: expected / actual`; empty when it passes.
  let results: JSON
  /// `code line:column message` of what is wrong with the file.
  let diagnostics: [String]

  var testDescription: String { name }

  init(_ value: JSON) throws {
    name = try #require(value["name"]?.stringValue)
    flows = value["flows"]?.objectValue ?? ["main": value["flow"] ?? .null]
    test = value["test"] ?? .null
    recording = value["recording"] ?? .null
    results = value["results"] ?? [:]
    diagnostics = (value["diagnostics"]?.arrayValue ?? []).compactMap(\.stringValue)
  }

  static func load(_ file: String) throws -> [FlowTestCase] {
    try (Fixtures.json("FlowTestingTests/Data/\(file).json").arrayValue ?? []).map(
      FlowTestCase.init
    )
  }

  /// Reads the file and runs its cases.
  func run() throws -> (file: TestFile?, results: [CaseResult], diagnostics: [Diagnostic]) {
    // A text is a file as it is, so that places in it can be told.
    let bytes = test.stringValue.map { Array($0.utf8) } ?? test.bytes
    let recording = recording
    let (file, problems) = TestFile.read(flow: "main", file: "main.test.json", bytes: bytes) { _ in
      recording
    }
    guard let file else { return (nil, [], problems) }
    let flow = try flow(file.flow)
    let misnamed = TestNames.problems(
      in: file,
      flow,
      connectors: [Self.connector].compactMap { $0 }
    )
    guard misnamed.isEmpty else { return (file, [], misnamed) }
    let results = try file.cases.map { try bench.run($0, of: file.flow, source: file.source) }
    return (file, results, [])
  }

  func flow(_ name: String) throws -> Flow {
    let definition = try #require(flows.value(ignoringCaseOf: name))
    let (flow, problems) = FlowReader.read(name: name, file: name, bytes: definition.bytes)
    #expect(problems.allSatisfy { $0.code == .unsupportedAction })
    return try #require(flow)
  }

  private var bench: TestBench {
    let flows = flows
    return TestBench(
      digests: Self.digests,
      declarations: [
        ConnectionDeclaration(
          name: "acs",
          connector: "azure-communication-identity",
          parameters: ["api_key": "@appsetting('AZURE_COMMUNICATION_CONNECTION_STRING')"]
        ),
        ConnectionDeclaration(
          name: "application",
          connector: "azure-communication-identity",
          parameterSet: "servicePrincipalCertificate",
          parameters: ["certificate": "@appsetting('CERTIFICATE')"]
        ),
      ],
      connector: { $0 == Self.connector?.name ? Self.connector : nil },
      prepare: { name, testCase throws(Diagnostic) in
        guard let definition = flows.value(ignoringCaseOf: name),
          let flow = FlowReader.read(name: name, file: name, bytes: definition.bytes).flow,
          let prepared = try? PreparedFlow(
            flow,
            parameters: testCase.parameters,
            digests: Self.digests,
            isMocked: true
          )
        else { throw Diagnostic(.unknownFlow, "there is no flow '\(name)'") }
        return prepared
      }
    )
  }

  private static let digests = Digests(
    sha256: { _ in [1, 2, 3] },
    hmacSHA256: { _, _ in [4, 5, 6] }
  )

  static let connector: Connector? = {
    let folder = "definitions/azure-communication-identity"
    func file(_ name: String) -> ConnectorFiles.File? {
      (try? Fixtures.sample("\(folder)/\(name)")).map { ConnectorFiles.File(path: name, bytes: $0) }
    }
    guard let definition = file("apiDefinition.swagger.json") else { return nil }
    let files = ConnectorFiles(
      name: "azure-communication-identity",
      definition: definition,
      properties: file("apiProperties.json"),
      runtime: file("runtime.json")
    )
    return ConnectorDecoder.decode(files).connector
  }()
}
