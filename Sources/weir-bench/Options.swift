import Foundation

/// What the command line asks for: `--only W1,W2 --rounds N --output json`.
///
/// Source: command line contract (`weir-bench`).
struct Options {
  var only: Set<String> = []
  var rounds = 5
  var wantsJSON = false
  /// The process is to answer requests so many milliseconds late; how the benchmark starts its
  /// server.
  var serving: Int?

  init(_ words: ArraySlice<String>) {
    var rest = words
    while let word = rest.popFirst() {
      switch word {
      case "--only": only = Set((rest.popFirst() ?? "").split(separator: ",").map(String.init))
      case "--rounds": rounds = max(1, rest.popFirst().flatMap(Int.init) ?? rounds)
      case "--output": wantsJSON = rest.popFirst() == "json"
      case "--help":
        print("Usage: weir-bench [--only W1,W2] [--rounds N] [--output json]\n")
        for workload in Workload.all { print("\(workload.name): \(workload.summary)") }
        exit(0)
      case "--serve": serving = rest.popFirst().flatMap(Int.init)
      default: break
      }
    }
  }

  func includes(_ name: String) -> Bool { only.isEmpty || only.contains(name) }
}
