import Foundation
import OrderedJSON

/// Measures Weir against raw loops that do the same work without an engine.
@main
struct Main {
  static func main() async throws {
    signal(SIGPIPE, SIG_IGN)
    let options = Options(CommandLine.arguments.dropFirst())
    var report = JSONObject()
    for workload in Workload.all where options.includes(workload.name) {
      let result = try await workload.run(options.rounds)
      report[workload.name] = result
      if !options.wantsJSON { print("\(workload.name): \(workload.summary)\n  \(result.text)") }
    }
    if options.wantsJSON { print(JSON.object(report).prettyText) }
  }
}

/// What the command line asks for: `--only W1,W2 --rounds N --output json`.
struct Options {
  var only: Set<String> = []
  var rounds = 5
  var wantsJSON = false

  init(_ words: ArraySlice<String>) {
    var rest = words
    while let word = rest.popFirst() {
      switch word {
      case "--only": only = Set((rest.popFirst() ?? "").split(separator: ",").map(String.init))
      case "--rounds": rounds = rest.popFirst().flatMap(Int.init) ?? rounds
      case "--output": wantsJSON = rest.popFirst() == "json"
      default: break
      }
    }
  }

  func includes(_ name: String) -> Bool { only.isEmpty || only.contains(name) }
}
