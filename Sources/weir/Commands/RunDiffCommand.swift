import CommandLineArguments
import Engine
import OrderedJSON
import Seams

extension Command {
  static let runDiff = Command(
    spec: CommandSpec(
      "run",
      "diff",
      summary: "Show action by action how two runs differ",
      positionals: [
        PositionalSpec("RUN", "The earlier run"), PositionalSpec("OTHER", "The later run"),
      ],
      discussion: "Exits with 1 when something differs other than times."
    )
  ) { context in
    try await onSession(context) { session async throws(CommandFailure) in
      var documents: [JSON] = []
      for place in 0..<2 {
        let record = try await session.run(named: context.arguments[place] ?? "")
        documents.append(RunView.document(try await session.state(of: record)))
      }
      let comparison = RunComparison(documents[0], documents[1])
      context.wantsJSON
        ? context.print(comparison.json) : context.print(RunDifferenceText.text(comparison))
      return comparison.isEmpty ? .success : .failure
    }
  }
}
