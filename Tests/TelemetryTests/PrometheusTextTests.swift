import Telemetry
import Testing

struct PrometheusTextTests {
  @Test(
    arguments: [
      (0, "0"), (1, "1"), (-3, "-3"), (0.005, "0.005"), (1.5e300, "1.5e+300"),
      (.infinity, "+Inf"), (-.infinity, "-Inf"), (.nan, "NaN"),
      (9_007_199_254_740_992, "9007199254740992.0"),
    ]
  )
  func `numbers are spelled as the format wants`(_ value: Double, _ expected: String) {
    #expect(PrometheusText.number(value) == expected)
  }

  @Test func `help and labels are escaped, each in its way`() {
    let report = MetricReport(
      name: "x_total",
      help: "a \"b\" \\ c\nd",
      kind: .counter,
      samples: [
        .init(labels: [.init(name: "path", value: "a\"b\\c\nd{}=é")], value: 2)
      ]
    )
    let expected = #"""
      # HELP x_total a "b" \\ c\nd
      # TYPE x_total counter
      x_total{path="a\"b\\c\nd{}=é"} 2

      """#
    #expect(PrometheusText.render([report]) == expected)
  }

  @Test func `a metric without values is left out`() {
    let empty = MetricReport(name: "x", help: "h", kind: .gauge, samples: [])
    #expect(PrometheusText.render([empty]) == "")
  }
}
