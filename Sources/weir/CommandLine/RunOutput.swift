import Definitions
import Engine
import OrderedJSON
import Timekeeping

/// Prints runs.
enum RunOutput {
  /// The document of a run, or a summary for people.
  static func show(_ state: RunState, _ context: Context) {
    guard !context.wantsJSON else {
      context.print(RunView.document(state))
      return
    }
    let document = RunView.document(state)
    var lines = [headline(document)]
    lines += (document["actions"]?.arrayValue ?? []).map { "  " + actionLine($0) }
    if let outputs = document["outputs"], outputs.objectValue?.isEmpty == false {
      lines.append("  outputs \(outputs.text)")
    }
    lines += failures(document)
    context.print(lines.joined(separator: "\n"))
  }

  private static func headline(_ document: JSON) -> String {
    let names = [document["flow"], document["id"], document["status"]].map { $0?.shownText ?? "" }
    let duration = duration(document).map { " in \($0)" } ?? ""
    return "\(names[0]) \(names[1]) \(names[2])\(duration)"
  }

  static func actionLine(_ action: JSON) -> String {
    let indices = (action["indices"]?.arrayValue ?? []).map(\.text).joined(separator: ",")
    let name = (action["name"]?.shownText ?? "") + (indices.isEmpty ? "" : "[\(indices)]")
    var parts = [
      "\(mark(action["status"]?.shownText ?? ""))", name, action["status"]?.shownText ?? "",
    ]
    if let code = action["code"]?.stringValue, !["OK", "NotSpecified"].contains(code) {
      parts.append("(\(code))")
    }
    if let duration = duration(action) { parts.append(duration) }
    if let run = action["carriedFrom"]?.stringValue { parts.append("kept from \(run)") }
    let attempts = action["attempts"]?.arrayValue ?? []
    if attempts.count > 1 { parts.append("\(attempts.count) attempts") }
    let waited = attempts.compactMap { $0["waitedForThrottle"]?.doubleValue }.reduce(0, +)
    if waited >= 0.01 { parts.append("waited \((waited * 100).rounded() / 100) s at the gate") }
    return parts.joined(separator: " ")
  }

  static func mark(_ status: String) -> String {
    switch status {
    case "Succeeded": "✓"
    case "Failed", "TimedOut": "✗"
    case "Skipped", "Cancelled": "–"
    default: "…"
    }
  }

  /// How long something took, for people.
  private static func duration(_ value: JSON) -> String? {
    guard let start = value["startTime"]?.stringValue.flatMap(Timestamp.init(iso8601:)),
      let end = value["endTime"]?.stringValue.flatMap(Timestamp.init(iso8601:))
    else { return nil }
    return text(end - start)
  }

  static func text(_ duration: Duration) -> String {
    let seconds = duration.seconds
    if seconds < 0.9995 { return "\(Int((seconds * 1000).rounded())) ms" }
    if seconds < 120 { return "\((seconds * 10).rounded() / 10) s" }
    return "\(Int(seconds / 60)) min \(Int(seconds) % 60) s"
  }

  private static func failures(_ document: JSON) -> [String] {
    let actions = document["actions"]?.arrayValue ?? []
    var lines: [String] = []
    // A run that failed because a step did says no more than the step.
    if let error = document["error"], !error.isNull, error["code"] != "ActionFailed" {
      lines.append("  \(error["code"]?.shownText ?? ""): \(error["message"]?.shownText ?? "")")
    }
    for action in actions where ["Failed", "TimedOut"].contains(action["status"]?.shownText ?? "") {
      guard let error = action["error"], !error.isNull else { continue }
      let name = action["name"]?.shownText ?? ""
      lines.append(
        "  \(name): \(error["code"]?.shownText ?? ""): \(error["message"]?.shownText ?? "")"
      )
    }
    return lines
  }
}
