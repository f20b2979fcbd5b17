package import OrderedJSON
import Runtime
import Timekeeping

/// A run as `weir run export` writes it, read as a test.
///
/// Its requests get the answers that were recorded, at the time that it was; secrets are masked in
/// the file, so they are masked in the test.
package struct RecordedRun: Sendable {
  package let flow: String
  private let run: JSON

  /// `nil` when the document is no exported run.
  package init?(_ document: JSON) {
    guard document["format"]?.stringValue == RunExport.format,
      let flow = document["flow"]?.stringValue, let run = document["run"],
      run["actions"]?.arrayValue != nil
    else { return nil }
    self.flow = flow
    self.run = run
  }

  /// The test that the flow still does what it did.
  package func testCase() -> TestCase {
    var testCase = TestCase(
      name: "run \(run["id"]?.stringValue ?? "")",
      triggerOutputs: run["trigger"]?["outputs"] ?? [:],
      mocks: mocks.compactMap(Self.mock),
      expected: expected
    )
    testCase.trigger = run["trigger"]?["name"]?.stringValue
    testCase.start = start ?? TestCase.usualStart
    return testCase
  }

  /// The test as a file.
  package func document() -> JSON {
    var testCase = JSONObject()
    testCase["name"] = .string("does what run \(run["id"]?.stringValue ?? "") did")
    testCase["time"] = run["startTime"]
    var trigger = JSONObject()
    trigger["name"] = run["trigger"]?["name"]
    trigger["outputs"] = run["trigger"]?["outputs"]
    testCase["trigger"] = .object(trigger)
    testCase["mocks"] = .array(mocks)
    testCase["expect"] = .object(expected)
    return ["flow": .string(flow), "cases": [.object(testCase)]]
  }

  private var start: Timestamp? {
    run["startTime"]?.stringValue.flatMap(Timestamp.init(iso8601:))
  }

  private var actions: [JSON] { run["actions"]?.arrayValue ?? [] }

  // MARK: Mocks

  /// One for each action that sent requests or called a flow.
  private var mocks: [JSON] {
    actions.compactMap { action in
      guard let attempts = action["attempts"]?.arrayValue, !attempts.isEmpty,
        let name = action["name"]
      else { return nil }
      var mock: JSONObject = ["action": name]
      if let indices = action["indices"], indices.arrayValue?.isEmpty == false {
        mock["indices"] = indices
      }
      mock["responses"] = .array(
        attempts.indices.map { index in
          answer(attempts[index], index == attempts.count - 1 ? action : nil)
        }
      )
      return .object(mock)
    }
  }

  /// What an attempt got; the journal keeps headers and body of the last one alone.
  private func answer(_ attempt: JSON, _ action: JSON?) -> JSON {
    guard let status = attempt["statusCode"]?.integerValue else {
      let code = attempt["error"]?["code"]?.stringValue
      if let action, code != "BadGateway", code != "GatewayTimeout",
        let error = action["error"], !error.isNull
      {
        return ["error": error]
      }
      return ["failure": code == "GatewayTimeout" ? "timeout" : "connection"]
    }
    var answer: JSONObject = ["status": .integer(status)]
    guard let outputs = action?["outputs"], outputs.objectValue != nil else {
      return .object(answer)
    }
    let headers = (outputs["headers"]?.objectValue?.members ?? []).filter {
      !Self.transferHeaders.contains($0.key.lowercased())
    }
    if !headers.isEmpty {
      answer["headers"] = .object(JSONObject(headers.map { ($0.key, $0.value) }))
    }
    answer["body"] = outputs["body"]
    return .object(answer)
  }

  /// What belongs to the one exchange and not to its content.
  private static let transferHeaders: Set<String> = [
    "content-length", "transfer-encoding", "content-encoding", "connection", "date", "keep-alive",
    "server", "set-cookie", "strict-transport-security", "retry-after",
  ]

  private static func mock(_ written: JSON) -> Mock? {
    let text = JSON.object(["cases": [["name": "x", "mocks": [written], "expect": [:]]]])
    var mock = TestFile.read(flow: "", file: "", bytes: text.bytes) { _ in .null }
      .file?.cases.first?.mocks.first
    // It stands in no test file.
    mock?.pointer = JSONPointer()
    return mock
  }

  // MARK: Expectations

  private var expected: JSONObject {
    var expected = JSONObject()
    expected["status"] = run["status"]
    var statuses: [String: Set<String>] = [:]
    var order: [String] = []
    for action in actions {
      guard let name = action["name"]?.stringValue, let status = action["status"]?.stringValue
      else { continue }
      if statuses[name] == nil { order.append(name) }
      statuses[name, default: []].insert(status)
    }
    // Instances of a loop that ended differently are told apart by nothing that lasts.
    let members = order.compactMap { name -> (String, JSON)? in
      guard let all = statuses[name], all.count == 1, let status = all.first else { return nil }
      return (name, .string(status))
    }
    expected["actions"] = .object(JSONObject(members))
    return expected
  }
}
