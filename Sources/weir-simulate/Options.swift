import CommandLineArguments

/// What the command line asks for.
struct Options {
  var seed: UInt64
  var runs: Int
  var isVerbose: Bool
  var wantsJSON: Bool
  var breakage: Breakage?

  static let spec = CommandSpec(
    "simulate",
    summary:
      "Runs the engine and its runtime on simulated time, network and disk, and breaks them.",
    options: [
      OptionSpec("seed", "N", "the first seed; default 1"),
      OptionSpec("runs", "M", "how many seeds, one simulation each; default 1"),
      OptionSpec("verbose", nil, "print the flows and everything that happened"),
      OptionSpec("output", "text|json", "how to report; default text"),
      OptionSpec("break", "WHAT", "break something on purpose, to show that it is seen"),
    ],
    discussion: """
      A seed decides the flows, who starts them, what fails and in which order tasks run; the same
      seed does the same again. Exit code 1 means that something happened that must never happen;
      the report names the seed. WHAT is one of
      \(Breakage.allCases.map(\.rawValue).joined(separator: ", ")).
      """
  )

  static let table = CommandTable(
    program: "weir-simulate",
    summary: spec.summary,
    commands: [spec],
    globals: []
  )

  static var help: String {
    Help.text(table, path: spec.path)
      .split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.hasPrefix("Options of every command") }
      .joined(separator: "\n")
      .replacing("weir-simulate simulate", with: "weir-simulate")
  }

  /// - Throws: `UsageError` for values that make no sense.
  init(_ arguments: Arguments) throws(UsageError) {
    let last = Int.max / 2
    seed = UInt64(try arguments.integer("seed", in: 0...last) ?? 1)
    runs = try arguments.integer("runs", in: 1...last) ?? 1
    isVerbose = arguments.has("verbose")
    wantsJSON = try arguments.choice("output", of: ["text", "json"]) == "json"
    let name = try arguments.choice("break", of: Breakage.allCases.map(\.rawValue))
    breakage = name.flatMap { Breakage(rawValue: $0) }
  }
}
