import Diagnostics
import OrderedJSON
import Timekeeping

extension TestReport {
  /// The document of `--junit`.
  ///
  /// Source: the JUnit XML format as build servers read it, https://github.com/testmoapp/junitxml.
  package var junit: String {
    var lines = [
      #"<?xml version="1.0" encoding="UTF-8"?>"#,
      #"<testsuites tests="\#(caseCount)" failures="\#(failureCount)">"#,
    ]
    for file in files {
      let time = Self.seconds(file.results.map(\.took).reduce(.zero, +))
      lines.append(
        #"  <testsuite name="\#(Self.escaped(file.flow))" file="\#(Self.escaped(file.path))" "#
          + #"tests="\#(file.results.count)" failures="\#(file.failureCount)" time="\#(time)">"#
      )
      lines += file.results.flatMap { Self.lines($0, file) }
      lines.append("  </testsuite>")
    }
    return (lines + ["</testsuites>", ""]).joined(separator: "\n")
  }

  private static func lines(_ result: CaseResult, _ file: File) -> [String] {
    let opening =
      #"    <testcase name="\#(escaped(result.name))" classname="\#(escaped(file.flow))" "#
      + #"time="\#(seconds(result.took))""#
    guard let first = result.problems.first else { return [opening + "/>"] }
    let text = result.problems.map { $0.lines.joined(separator: "\n") }.joined(separator: "\n")
    return [
      opening + ">",
      #"      <failure message="\#(escaped(first.lines.first ?? ""))" type="\#(first.code.id)">"#
        + escaped(text) + "</failure>",
      "    </testcase>",
    ]
  }

  private static func seconds(_ duration: Duration) -> String {
    String((duration.seconds * 1000).rounded() / 1000)
  }

  /// What XML 1.0 does not allow at all becomes a question mark.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "&": result += "&amp;"
      case "\"": result += "&quot;"
      case "\n": result += "&#10;"
      case "\t": result += "\t"
      default:
        result.unicodeScalars.append(
          scalar.value < 0x20 || scalar.value >= 0xFFFE && scalar.value <= 0xFFFF ? "?" : scalar
        )
      }
    }
    return result
  }
}

extension TestProblem {
  /// The problem as people read it: what is compared, then what was expected and what was there.
  package var lines: [String] {
    var lines = [subject + (message.map { ": \($0)" } ?? "")]
    if isComparison {
      lines.append("  expected  \(Self.text(expected))")
      lines.append("  actual    \(Self.text(actual))")
    }
    lines += (snippet?.split(separator: "\n") ?? []).map { "  \($0)" }
    return lines
  }

  private static func text(_ value: JSON?) -> String {
    guard let value else { return "nothing" }
    let text = value.text
    return text.count <= lengthLimit ? text : text.prefix(lengthLimit) + "…"
  }

  private static let lengthLimit = 600
}
