import CommandLineArguments
import Diagnostics
import FlowTesting
import Foundation
import OrderedJSON

extension Command {
  static let flowTest = Command(
    spec: CommandSpec(
      "flow",
      "test",
      summary: "Run the tests of flows, in simulated time and without any network",
      positionals: [
        PositionalSpec(
          "PATH",
          "Test files, exported runs, folders or flows (default: all tests)",
          isRequired: false,
          repeats: true
        )
      ],
      options: [
        OptionSpec("filter", "TEXT", "Only cases whose names contain this"),
        OptionSpec("coverage", nil, "Show which actions and branches no case came to"),
        OptionSpec("junit", "FILE", "Write the results for build servers, too"),
        OptionSpec("watch", nil, "Run again whenever a file of the project changes"),
        OptionSpec("schema", nil, "Print the JSON Schema of test files, for editors"),
      ],
      discussion: """
        The tests of flows/NAME.json stand in flows/NAME.test.json: {"cases": [{"name", "trigger", \
        "mocks", "expect"}]}. They run on the production engine, with its retries, delays and rate \
        limits; an hour of waiting takes no time. Every request needs a mock; the message about one \
        that has none shows what to add. Exits with 1 when a case fails, with 3 when a file is wrong.
        """
    )
  ) { context in
    guard !context.arguments.has("schema") else {
      context.console.writeResult(TestSchema.text)
      return .success
    }
    guard context.arguments.has("watch") else { return try runTests(context) }
    return try await ProjectChanges.follow(.everything, context) {
      if context.console.resultIsTerminal { context.console.writeResult("\u{1B}[H\u{1B}[2J") }
      do { _ = try runTests(context) } catch {
        if let failure = error as? CommandFailure { context.show(failure.diagnostics) }
      }
    }
  }

  private static func runTests(_ context: Context) throws -> ExitCode {
    let workspace = try Workspace(context)
    let entries = try testsToRun(context, TestLibrary(workspace: workspace))
    let project = try TestProject(workspace)
    var files: [TestReport.File] = []
    var problems: [Diagnostic] = []
    for entry in entries {
      do throws(CommandFailure) {
        files.append(try project.run(entry, filter: context.arguments.value("filter")))
      } catch {
        problems += error.diagnostics
      }
    }
    let report = TestReport(files: files)
    try show(report, problems, context)
    guard problems.isEmpty else { return .invalid }
    return report.failureCount == 0 ? .success : .failure
  }

  private static func show(_ report: TestReport, _ problems: [Diagnostic], _ context: Context)
    throws(CommandFailure)
  {
    if let path = context.arguments.value("junit") {
      try OutputFile.write(report.junit, to: path, Project(context))
    }
    if context.wantsJSON {
      // A file that is wrong leaves no results worth a document of their own.
      problems.isEmpty ? context.print(report.json) : context.report(problems)
      return
    }
    let output = TestOutput(showsCoverage: context.arguments.has("coverage"), context)
    for file in report.files { output.show(file) }
    context.show(problems)
    output.summary(report, brokenCount: Set(problems.compactMap { $0.location?.file }).count)
  }

  private static func testsToRun(_ context: Context, _ library: TestLibrary)
    throws(CommandFailure) -> [TestLibrary.Entry]
  {
    var entries: [TestLibrary.Entry] = []
    for word in context.arguments.positionals {
      entries += try library.entries(named: word)
    }
    if context.arguments.positionals.isEmpty { entries = library.entries() }
    guard entries.isEmpty else { return entries }
    let words = context.arguments.positionals.map { "'\($0)'" }.joined(separator: ", ")
    throw CommandFailure(
      .noTests,
      words.isEmpty ? "there are no tests in the project" : "there are no tests for \(words)",
      hint: "write flows/NAME.test.json, or make one of a run: weir run export RUN --as-test",
      exitCode: .notFound
    )
  }
}
