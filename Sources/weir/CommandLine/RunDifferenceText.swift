import Engine
import OrderedJSON
import Timekeeping

/// Prints how two runs differ.
enum RunDifferenceText {
  private static let longest = 60

  static func text(_ comparison: RunComparison) -> String {
    var lines = comparison.differences.map { line($0, indent: "") }
    for row in comparison.rows {
      lines.append(headline(row))
      lines += row.differences.filter { $0.path != "status" }.map { line($0, indent: "    ") }
    }
    if comparison.isEmpty { lines.append("nothing differs but times") }
    return lines.joined(separator: "\n")
  }

  private static func headline(_ row: RunComparison.Row) -> String {
    let isSame = row.differences.isEmpty
    var words = [isSame ? "=" : "≠", row.action]
    let (left, right) = (row.status.left ?? "absent", row.status.right ?? "absent")
    words.append(left == right ? left : "\(left) → \(right)")
    if row.isCarried {
      words.append("(kept)")
    } else if let before = row.seconds.left, let after = row.seconds.right {
      words.append("\(duration(before)) → \(duration(after))")
    }
    return "  " + words.joined(separator: " ")
  }

  private static func line(_ difference: RunComparison.Difference, indent: String) -> String {
    "\(indent)  \(difference.path): \(shown(difference.left)) → \(shown(difference.right))"
  }

  private static func shown(_ value: JSON?) -> String {
    guard let value else { return "absent" }
    let text = value.text
    return text.count > longest ? text.prefix(longest) + "…" : text
  }

  private static func duration(_ seconds: Double) -> String { RunOutput.text(.seconds(seconds)) }
}
