import CommandLineArguments
import Foundation

@testable import weir

extension Context {
  /// A command in a project, whose output nobody sees.
  static func silent(in place: Workplace) throws -> Context {
    guard case .run(let arguments) = try Commands.table.parse(["flow", "list"]) else {
      throw UsageError("'flow list' is no command")
    }
    return Context(
      arguments: arguments,
      environment: [:],
      workingDirectory: place.project.path,
      console: Console(
        writeResult: { _ in },
        writeNote: { _ in },
        resultIsTerminal: false,
        noteIsTerminal: false
      )
    )
  }
}
