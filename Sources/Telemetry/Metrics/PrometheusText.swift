/// Metrics in the text format that Prometheus and OpenMetrics collectors read.
///
/// Source: https://prometheus.io/docs/instrumenting/exposition_formats/ (version 0.0.4).
package enum PrometheusText {
  package static let contentType = "text/plain; version=0.0.4; charset=utf-8"

  /// Metrics without any value are left out.
  package static func render(_ reports: [MetricReport]) -> String {
    var text = ""
    for report in reports where !report.samples.isEmpty { append(report, to: &text) }
    return text
  }

  private static func append(_ report: MetricReport, to text: inout String) {
    text += "# HELP \(report.name) \(escaped(report.help, quotes: false))\n"
    text += "# TYPE \(report.name) \(report.kind.rawValue)\n"
    for sample in report.samples {
      text += report.name + sample.suffix
      if !sample.labels.isEmpty {
        let labels = sample.labels.map { #"\#($0.name)="\#(escaped($0.value, quotes: true))""# }
        text += "{\(labels.joined(separator: ","))}"
      }
      text += " \(number(sample.value))\n"
    }
  }

  /// A number as the format spells it: whole ones without a fraction, `+Inf`, `-Inf`, `NaN`.
  package static func number(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
    if let whole = Int64(exactly: value), abs(whole) < 1 << 53 { return String(whole) }
    return String(value)
  }

  private static func escaped(_ text: String, quotes: Bool) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\"" where quotes: result += "\\\""
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
