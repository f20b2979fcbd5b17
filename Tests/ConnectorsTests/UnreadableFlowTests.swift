import Definitions
import Diagnostics
import Fixtures
import OrderedJSON
import Testing

/// Flows whose text is not JSON.
@Suite struct UnreadableFlowTests {
  private static let several = """
    {
      "triggers": { "manual": { "type": "Request", "kind": "Http" } },
      "actions": {
        "A": {
          "type": "Compose"
          "inputs": "@concta('a')",
        },
        "B": {
          type: 'Http',
          "inputs": { "method": "GET", "uri": "https://example.com", "cookie": "a },
          "runAfter": { "A": ["Succeded"] }
        },
        "C": { "type": "Compose", "inputs": NaN, "runAfter": { "B": ["Succeeded"] } },
        // done
        "D": { "type": "Compose", "inputs": "C:\\users", "runAfter": { "C": ["Succeeded"] } }
      }
    }
    """

  @Test func `all defects of a text are found, and what can be read is checked`() {
    let found = FlowProblems.all(of: Self.several, nil).map { problem in
      "\(problem.location?.line ?? 0):\(problem.location?.column ?? 0) \(problem.code.id)"
    }
    #expect(
      found == [
        "6:7 J0001", "6:19 E0101", "6:31 J0001", "9:7 J0001", "9:13 J0001", "10:76 J0001",
        "11:27 F0007", "13:41 J0001", "14:5 J0001", "15:44 J0001",
      ]
    )
  }

  @Test func `what comes of a part that cannot be read is not told`() {
    let text = """
      {
        "triggers": { "manual": { "type": "Request", "kind": "Http" } },
        "actions": {
          "A": { "type": undefined },
          "B": { "type": "Compose", "inputs": "@body('Missing')" },
          : { "type": "Compose" }
        }
      }
      """
    let codes = FlowProblems.all(of: text, nil).map(\.code)
    #expect(codes == [.invalidJSON, .invalidJSON])
  }

  @Test(arguments: [
    #"{ "actions": { "A": { "inputs": { "headers": { "Authorization": "Bearer abc" "x": 1 } } } } }"#,
    #"{ "a": "endpoint=https://x/;accesskey=abc", }"#, #"{ "password": hunter2 }"#,
    #"{ 'client_secret': 'hunter2' }"#, #"{ "uri": "https://x/?sig=abc&b=c" "y": 1 }"#,
    #"{ "secret": "hunter2"#,
  ])
  func `no line that is shown holds a secret`(text: String) {
    let problems = FlowReader.inspect(name: "f", file: "f.json", bytes: Array(text.utf8))
      .diagnostics
    #expect(!problems.isEmpty)
    for problem in problems {
      let shown = DiagnosticRenderer.text(problem)
      #expect(!shown.contains("hunter2") && !shown.contains("abc"), "\(shown)")
    }
  }

  @Test func `the places of hidden texts stay as they are`() throws {
    let text = #"{ "password": "hunter2", "b": 1, }"#
    let read = FlowReader.read(name: "f", file: "f.json", bytes: Array(text.utf8))
    #expect(read.flow == nil)
    let location = try #require(read.diagnostics.first?.location)
    #expect(location.column == 32)
    #expect(location.excerpt?.text == #"{ "password": "*******", "b": 1, }"#)
  }

  @Test func `a flow that is not JSON is not to be run`() {
    let (flow, diagnostics) = FlowReader.read(
      name: "f",
      file: "f.json",
      bytes: Array(Self.several.utf8)
    )
    #expect(flow == nil)
    #expect(diagnostics.count == 8)
    #expect(diagnostics.allSatisfy { $0.code == .invalidJSON && $0.severity == .error })
  }
}
