import Definitions
import Seams
import Runtime

/// Says what replays would do.
enum ReplayText {
  private static let shownRuns = 10

  static func text(_ prepared: [PreparedReplay]) -> String {
    var lines: [String] = []
    for replay in prepared.prefix(shownRuns) {
      lines.append("\(replay.parent.flow) \(replay.parent.id) \(replay.order.mode.name)")
      if !replay.kept.isEmpty { lines.append("  keeps \(replay.kept.joined(separator: ", "))") }
      lines += replay.calls.map { "  sends \(line($0))" }
      if replay.calls.isEmpty { lines.append("  sends nothing") }
      if !replay.removed.isEmpty {
        lines.append("  the flow no longer has \(replay.removed.joined(separator: ", "))")
      }
    }
    if prepared.count > shownRuns {
      lines.append("and \(prepared.count - shownRuns) more runs; in all of them together:")
      lines += totals(prepared).map { "  sends \($0.key) \($0.value) times" }
    }
    return lines.joined(separator: "\n")
  }

  private static func line(_ call: RepeatedCall) -> String {
    var words = [call.action]
    if let method = call.method { words.append("(\(method))") }
    if call.isChanged { words.append("because it was changed") }
    switch call.previous {
    case .succeeded where call.repeatsSideEffect: words.append("again, although it succeeded")
    case let status? where call.repeatsSideEffect:
      words.append("again after it \(verb(status.rawValue)); it may have had an effect")
    case .succeeded: words.append("again")
    case .skipped, .none: words.append("for the first time, if its turn comes")
    case let status?: words.append("again after it \(verb(status.rawValue))")
    }
    return words.joined(separator: " ")
  }

  private static func verb(_ status: String) -> String {
    switch status {
    case "TimedOut": "timed out"
    case "Cancelled": "was cancelled"
    default: status.lowercased()
    }
  }

  private static func totals(_ prepared: [PreparedReplay]) -> [(key: String, value: Int)] {
    var counts: [String: Int] = [:]
    for call in prepared.flatMap(\.calls) {
      let name = String(call.action.prefix { $0 != "[" })
      counts[name, default: 0] += 1
    }
    return counts.sorted { $0.key < $1.key }
  }

  /// The names of actions whose effects would be repeated.
  static func repeated(_ prepared: [PreparedReplay]) -> String {
    var names: [String] = []
    for call in prepared.flatMap(\.calls) where call.repeatsSideEffect {
      let name = String(call.action.prefix { $0 != "[" })
      if !names.contains(name) { names.append(name) }
    }
    return names.joined(separator: ", ")
  }
}
