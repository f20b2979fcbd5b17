import Fixtures
import Foundation
import HTTPMessages
import OrderedJSON
import Testing

/// The gathered requests of the Identity service with their answers, where they are at hand.
struct IdentityExampleTests {
  struct Example: CustomTestStringConvertible, Sendable {
    let json: JSON

    var testDescription: String { json.text("id") }
    var request: JSON { json["request"] ?? .null }
    var response: JSON { json["response"] ?? .null }
  }

  /// Left out: those that need a state or a credential which other tests prepare.
  private static let prepared = ["id-429", "id-teams", "id-401-sign", "id-401-hash"]

  private static func examples() throws -> [Example] {
    let path = "golden/azure-communication-examples.json"
    guard let url = Fixtures.reference(path) else { return [] }
    let document = try JSON(parsing: Array(Data(contentsOf: url)))
    return (document["examples"]?.arrayValue ?? []).map(Example.init).filter {
      $0.json.text("service") == "Identity" && !prepared.contains($0.testDescription)
    }
  }

  @Test(arguments: try examples())
  func `the sandbox answers as the example says`(_ example: Example) async {
    let bench = TestBench()
    let target = await target(of: example, bench)
    let body = example.request["body"]?.text ?? ""
    let answer = await bench.send(example.request.text("method"), target, body)
    #expect(answer.status == (example.response["status"]?.integerValue).map(Int.init))
    #expect(answer.code == example.response["body"]?["error"]?.text("code") ?? "")
    let expected = example.response["body"]?.objectValue.map { Set($0.keys) } ?? []
    // An example of a preview shows members that depend on what happened before.
    if !target.contains("preview") {
      #expect(Set(answer.json.objectValue?.keys.map(\.self) ?? []) == expected)
    }
  }

  /// The example's target with a user of this sandbox in place of its own; foreign ids stay.
  private func target(of example: Example, _ bench: TestBench) async -> String {
    let target = example.request.text("target")
    let own = "8%3Aacs%3A6f1c2b3a"
    guard let start = target.range(of: own)?.lowerBound else { return target }
    let end = target[start...].firstIndex { $0 == "/" || $0 == "?" } ?? target.endIndex
    let user = PercentEncoding.encode(await bench.createUser())
    return target.replacingCharacters(in: start..<end, with: user)
  }
}
