import CommandLineArguments
import Diagnostics
import Engine
import FlowTesting
import OrderedJSON
import Runtime
import Seams

extension Command {
  static let runExport = Command(
    spec: CommandSpec(
      "run",
      "export",
      summary: "Write a run with everything that happened as one JSON file, without secrets",
      positionals: [PositionalSpec("RUN", "The run's id, or the beginning of it")],
      options: [
        OptionSpec("file", "FILE", "Where to (default: standard output)"),
        OptionSpec("as-test", nil, "Write a test with the recorded answers instead"),
      ],
      discussion: """
        'weir run import' takes the file in elsewhere, to look at the run and to replay it. Whatever \
        is secret is masked in the file, so actions that sent a secret send the mask there. \
        'weir flow test' runs the file as a test as it is; --as-test makes a test file of it that can \
        be edited and kept beside the flow.
        """
    )
  ) { context in
    try await onSession(context) { session async throws(CommandFailure) in
      let record = try await session.run(named: context.arguments[0] ?? "")
      var document: JSON
      do throws(RuntimeFailure) {
        document = try await RunExport(worker: session.worker).document(of: record.id)
      } catch {
        throw CommandFailure(error)
      }
      if context.arguments.has("as-test"), let run = RecordedRun(document) {
        document = run.document()
      }
      guard let path = context.arguments.value("file") else {
        context.print(document)
        return .success
      }
      try OutputFile.write(document.prettyText + "\n", to: path, session.workspace.project)
      return .success
    }
  }

  static let runImport = Command(
    spec: CommandSpec(
      "run",
      "import",
      summary: "Take in a run that was exported",
      positionals: [PositionalSpec("FILE", "What 'weir run export' wrote, or - for standard input")]
    )
  ) { context in
    try await onSession(context) { session async throws(CommandFailure) in
      let path = context.arguments[0] ?? "-"
      let document = try InputFile.json(at: path, session.workspace.project)
      do throws(RuntimeFailure) {
        let run = try await RunExport(worker: session.worker).store(document)
        context.wantsJSON
          ? context.print(["id": .string(run.text)] as JSON)
          : context.print("imported \(run); 'weir run show \(run)' shows it")
      } catch {
        if case .store(let failure) = error, failure.kind == .exists {
          throw CommandFailure(
            .store,
            failure.message,
            hint: "it is here already",
            exitCode: .invalid
          )
        }
        throw CommandFailure(error)
      }
      return .success
    }
  }
}
