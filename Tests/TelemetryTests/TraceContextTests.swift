import OrderedJSON
import Telemetry
import Testing

struct TraceContextTests {
  private static let good = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

  @Test(
    arguments: [
      (good, true),
      ("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00", false),
      ("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-03", true),
      ("cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-what-comes", true),
    ]
  )
  func `a field is read`(_ text: String, _ isSampled: Bool) throws {
    let context = try #require(TraceContext(traceparent: text))
    #expect(context.traceID == "4bf92f3577b34da6a3ce929d0e0e4736")
    #expect(context.spanID == "00f067aa0ba902b7")
    #expect(context.isSampled == isSampled)
  }

  @Test(
    arguments: [
      "", "00", good + "-x", "ff" + good.dropFirst(2), good.uppercased(), " " + good,
      "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
      "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
      "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01",
      "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0x",
      "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902bé-01",
    ]
  )
  func `other text is none`(_ text: String) {
    #expect(TraceContext(traceparent: text) == nil)
  }

  @Test func `it is found in the headers of a trigger, in any case`() {
    let trigger: JSON = ["outputs": ["headers": ["X": "y", "TraceParent": .string(Self.good)]]]
    #expect(TraceContext(trigger: trigger)?.traceparent == Self.good)
    #expect(TraceContext(trigger: ["outputs": ["headers": "x"]]) == nil)
    #expect(TraceContext(trigger: .null) == nil)
  }
}
