import CommandLineArguments
import Diagnostics
import Foundation
import OrderedJSON

/// The program: sorts the words, runs the command, turns failures into exit codes.
@main
struct Main {
  static func main() async {
    signal(SIGPIPE, SIG_IGN)
    // A file that may not grow is reported by the write instead.
    signal(SIGXFSZ, SIG_IGN)
    let code = await run(
      Array(CommandLine.arguments.dropFirst()),
      environment: ProcessInfo.processInfo.environment,
      workingDirectory: FileManager.default.currentDirectoryPath,
      console: .standard
    )
    exit(code.rawValue)
  }

  /// Runs one command line; used by tests in process.
  package static func run(
    _ words: [String],
    environment: [String: String],
    workingDirectory: String,
    console: Console
  ) async -> ExitCode {
    do throws(UsageError) {
      switch try Commands.table.parse(words) {
      case .version: console.writeResult("weir \(Version.current)\n")
      case .help(let path): console.writeResult(Help.text(Commands.table, path: path) + "\n")
      case .run(let arguments):
        let context = Context(
          arguments: arguments,
          environment: environment,
          workingDirectory: workingDirectory,
          console: console
        )
        return await run(arguments.spec.path, context)
      }
      return .success
    } catch {
      report(error, console, asJSON: asksForJSON(words))
      return .usage
    }
  }

  /// Whether words that cannot be sorted ask for JSON.
  private static func asksForJSON(_ words: [String]) -> Bool {
    words.contains("--output=json")
      || zip(words, words.dropFirst()).contains { $0 == ("--output", "json") }
  }

  private static func run(_ path: [String], _ context: Context) async -> ExitCode {
    do {
      _ = try context.arguments.choice("output", of: Commands.command(path)?.outputs ?? [])
      return try await Commands.run(path, context)
    } catch let failure as CommandFailure {
      context.report(failure.diagnostics)
      return failure.exitCode
    } catch let error as UsageError {
      report(error, context.console, asJSON: context.wantsJSON)
      return .usage
    } catch is CancellationError {
      return .interrupted
    } catch {
      context.note("error: \(error)")
      return .failure
    }
  }

  private static func report(_ error: UsageError, _ console: Console, asJSON: Bool) {
    let diagnostic = Diagnostic(.usage, error.message, hint: error.hint)
    guard !asJSON else {
      console.writeResult(JSON.array([diagnostic.json]).prettyText + "\n")
      return
    }
    console.writeNote(DiagnosticRenderer.text(diagnostic) + "\n")
  }
}
