import Connectors
import Definitions
import Diagnostics
import Expressions
import Fixtures
import Foundation
import OrderedJSON
import Testing

/// What works has no errors.
struct ValidFlowTests {
  private func errors(_ flow: JSON, _ connector: Connector?) -> [String] {
    FlowProblems.all(of: flow.text, connector).filter { $0.severity == .error }
      .map { "\($0.code.id) \($0.message) \($0.pointer ?? "")" }
  }

  /// The flow of a case of the engine's tests.
  private func flow(_ value: JSON) -> JSON {
    if let definition = value["definition"] { return definition }
    var flow: JSONObject = ["triggers": ["manual": ["type": "Request", "kind": "Http"]]]
    for member in ["parameters", "actions", "outputs", "staticResults"] {
      flow[member] = value[member]
    }
    return .object(flow)
  }

  /// Flows that succeed although a part of them is wrong, which is what they are about.
  private static let wrong: Set<String> = [
    "an action that has not run yet cannot be read",
    "an output that cannot be evaluated is left out",
    "an Until goes on with the iteration that failed",
  ]

  @Test func `no flow of the engine's tests that succeeds has an error`() throws {
    let folder = Fixtures.root.appending(path: "Tests/EngineTests/Data")
    var count = 0
    for file in try FileManager.default.contentsOfDirectory(atPath: folder.path)
    where file.hasSuffix(".json") {
      for value in try Fixtures.json("EngineTests/Data/\(file)").arrayValue ?? []
      where value["expect"]?["status"] == "Succeeded" {
        let name = value["name"]?.stringValue ?? ""
        guard !Self.wrong.contains(name) else { continue }
        count += 1
        #expect(errors(flow(value), nil) == [], "\(file): \(name)")
      }
    }
    #expect(count >= 120)
  }

  @Test func `no flow of the service's tests has an error`() throws {
    let connector = try SampleConnector.shipped("azure-communication-identity")
    for file in ["connected", "loops", "secret", "slow"] {
      let flow = try Fixtures.json("ServiceTests/Data/\(file).json")
      #expect(errors(flow, connector).filter { !$0.contains("unknownConnector") } == [], "\(file)")
    }
  }

  @Test func `the samples have no problems at all`() throws {
    let samples = try FlowProblems.samples()
    #expect(samples.flows.count >= 3)
    for (name, bytes) in samples.flows {
      let text = String(decoding: bytes, as: UTF8.self)
      let problems = FlowProblems.all(of: text, samples.references, samples.connectors)
      #expect(problems.map(\.message) == [], "\(name)")
    }
  }

  @Test(.enabled(if: Fixtures.reference("golden/expressions.json") != nil, "needs ../shared"))
  func `no expression of the reference that has a value has an error`() throws {
    let url = try #require(Fixtures.reference("golden/expressions.json"))
    let cases = try JSON(parsing: Array(Data(contentsOf: url))).arrayValue ?? []
    #expect(cases.count > 500)
    for each in cases where each["error"] == nil {
      guard let text = each["expr"]?.stringValue else { continue }
      let problems = Template.check(.string(text)).filter { $0.severity == .error }
      #expect(problems.map(\.message) == [], "\(text)")
    }
  }

  @Test func `the table of results agrees with every example`() throws {
    for function in FunctionTable.all {
      guard let result = function.example.result,
        case .call(let call) = try Expression(parsing: function.example.expression).node,
        call.name == function.name
      else { continue }
      #expect(function.resultKinds.contains(KindSet(of: result)), "\(function.name)")
    }
    #expect(FunctionTable.all.count { $0.resultKinds != .any } >= 100)
  }
}
