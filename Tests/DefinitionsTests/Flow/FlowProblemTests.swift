import Definitions
import Diagnostics
import Fixtures
import OrderedJSON
import Testing

@Suite struct FlowProblemTests {
  /// A flow as a list of actions with the problems that it has, as `CODE pointer`.
  struct Case {
    let name: String
    let file: JSON
    let expected: [String]
    let texts: [String]

    init(_ json: JSON) {
      name = json["name"]?.stringValue ?? "unnamed"
      let triggers: JSON = ["manual": ["type": "Request", "kind": "Http"]]
      file = json["file"] ?? ["triggers": triggers, "actions": json["actions"] ?? [:]]
      expected = json["problems"]?.arrayValue?.compactMap(\.stringValue) ?? []
      texts = json["texts"]?.arrayValue?.compactMap(\.stringValue) ?? []
    }

    /// All problems, from decoding to validation.
    func problems() -> [Diagnostic] {
      let read = FlowReader.read(name: "case", file: "case.json", bytes: file.bytes)
      return read.diagnostics + (read.flow.map(FlowValidator.problems) ?? [])
    }
  }

  private static func cases(_ file: String) throws -> [JSON] {
    try Fixtures.json("DefinitionsTests/Data/\(file).json").arrayValue ?? []
  }

  @Test func `every flow has the problems that its case lists`() throws {
    let cases = try Self.cases("flow-problems").map(Case.init)
    #expect(cases.count >= 60)
    for each in cases {
      let problems = each.problems()
      let found = problems.map { problem in
        "\(problem.code.id)\(problem.severity == .warning ? "w" : "") \(problem.pointer ?? "")"
      }
      #expect(found.sorted() == each.expected.sorted(), "\(each.name)")
      for text in each.texts {
        let isThere = problems.contains {
          $0.message.contains(text) || $0.hint?.contains(text) ?? false
        }
        #expect(
          isThere,
          "\(each.name): '\(text)' in \(problems.map { [$0.message, $0.hint ?? ""] })"
        )
      }
    }
  }

  @Test func `messages are lower case and end without a period`() throws {
    for each in try Self.cases("flow-problems").map(Case.init) {
      for problem in each.problems() {
        #expect(!problem.message.hasSuffix("."), "\(problem.message)")
        #expect(problem.location != nil, "\(each.name): \(problem.message)")
        let first = problem.message.first
        #expect(first?.isUppercase != true || problem.message.hasPrefix("SetVariable"))
      }
    }
  }

  @Test func `every container of a flow is opened`() throws {
    let cases = try Self.cases("flow-containers")
    #expect(cases.count >= 10)
    for each in cases {
      let name = each["name"]?.stringValue ?? ""
      let bytes = (each["file"] ?? .null).bytes
      let read = FlowReader.read(name: "case", file: "case.json", bytes: bytes)
      let flow = try #require(read.flow, "\(name)")
      #expect(flow.actions.map(\.name) == ["A"], "\(name)")
      #expect(flow.kind.rawValue == each["kind"]?.stringValue ?? "Stateful", "\(name)")
      #expect(.object(flow.parameterValues) == each["values"] ?? [:], "\(name)")
      #expect(.object(flow.connectionReferences) == each["references"] ?? [:], "\(name)")
      let codes = read.diagnostics.map { JSON.string($0.code.id) }
      #expect(.array(codes) == each["codes"] ?? [], "\(name)")
    }
  }

  @Test(arguments: ActionTypes.unsupported)
  func `a type that cannot run here has one clear error`(type: String) {
    let flow = Case(["actions": ["A": ["type": .string(type), "inputs": [:]]]])
    let problems = flow.problems()
    #expect(problems.map(\.code) == [.unsupportedAction])
    #expect(problems.first?.message == "action 'A' of type '\(type)' cannot run here")
    #expect(problems.first?.pointer == "/actions/A/type")
  }
}
