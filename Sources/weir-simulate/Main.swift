import CommandLineArguments
import Foundation
import OrderedJSON

/// Plays simulations, seed by seed, and says which broke what.
@main
struct Main {
  static func main() {
    signal(SIGPIPE, SIG_IGN)
    exit(run(Array(CommandLine.arguments.dropFirst())))
  }

  /// - Returns: 0 when nothing was violated, 1 when something was, 2 for words that make no sense.
  private static func run(_ words: [String]) -> Int32 {
    do throws(UsageError) {
      switch try Options.table.parse(Options.spec.path + words) {
      case .help, .version:
        say(Options.help)
        return 0
      case .run(let arguments): return report(try Options(arguments))
      }
    } catch {
      let hint = error.hint.map { "\n  hint: \($0)" } ?? ""
      FileHandle.standardError.write(Data("error: \(error.message)\(hint)\n".utf8))
      return 2
    }
  }

  private static func report(_ options: Options) -> Int32 {
    var campaign = Campaign(
      options,
      say: { line in if !options.wantsJSON { say(line) } },
      tell: { line in say(line, to: .standardError) }
    )
    campaign.run()
    if !options.wantsJSON, let seeds = campaign.failedSeeds { say(seeds) }
    say(options.wantsJSON ? campaign.json.prettyText : campaign.summary)
    return campaign.failures.isEmpty ? 0 : 1
  }

  // At once, so that a log shows how far a long campaign is.
  private static func say(_ line: String, to output: FileHandle = .standardOutput) {
    output.write(Data("\(line)\n".utf8))
  }
}
