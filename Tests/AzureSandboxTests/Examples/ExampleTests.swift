import Fixtures
import OrderedJSON
import Testing

/// Requests of all services with their answers.
struct ExampleTests {
  @Test(arguments: try Example.ours())
  func `the sandbox answers in the shape of the example`(_ example: Example) async {
    let bench = ExampleBench()
    let answer = await bench.answer(to: example)
    let expected = bench.expectation(of: example)
    let differences = ExampleShape(more: example.more).differences(answer, from: expected)
    #expect(differences.isEmpty, "\(differences): \(answer.json.text)")
  }

  private static let reference = "golden/azure-communication-examples.json"

  @Test(.enabled(if: Fixtures.reference(reference) != nil, "needs ../shared/\(reference)"))
  func `every gathered example of these services is among ours, unchanged`() throws {
    let ours = try Dictionary(Example.ours().map { ($0.testDescription, $0) }) { $1 }
    let services = Set(ours.values.map { $0.json.text("service") })
    #expect(services.count == 9 && ours.count == 71)
    for example in try Example.gathered() where services.contains(example.json.text("service")) {
      let copy = ours[example.testDescription]
      #expect(copy?.response == example.response, "\(example)")
      for member in ["method", "target", "headers", "body", "form"] {
        #expect(copy?.request[member] == example.request[member], "\(example) \(member)")
      }
    }
  }
}
