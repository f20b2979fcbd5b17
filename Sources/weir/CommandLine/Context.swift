package import CommandLineArguments
import Diagnostics
import OrderedJSON
import Synchronization

/// What a command works with: its words, the environment, and where to print.
package struct Context: Sendable {
  package let arguments: Arguments
  package let environment: [String: String]
  package let workingDirectory: String
  package let console: Console

  package init(
    arguments: Arguments,
    environment: [String: String],
    workingDirectory: String,
    console: Console
  ) {
    self.arguments = arguments
    self.environment = environment
    self.workingDirectory = workingDirectory
    self.console = console
  }

  var wantsJSON: Bool { arguments.value("output") == "json" }

  var wantsSARIF: Bool { arguments.value("output") == "sarif" }

  var isQuiet: Bool { arguments.has("quiet") }

  private var usesColor: Bool {
    console.noteIsTerminal && !arguments.has("no-color") && (environment["NO_COLOR"] ?? "").isEmpty
  }

  /// A text in a colour, by the parameter of its escape sequence, where colours are wanted.
  func colored(_ text: String, _ color: String?) -> String {
    guard usesColor, let color else { return text }
    return "\u{1B}[\(color)m\(text)\u{1B}[0m"
  }

  /// Prints a result line.
  func print(_ text: String) { console.writeResult(text + "\n") }

  /// Prints the one document of JSON output.
  func print(_ value: JSON) { console.writeResult(value.prettyText + "\n") }

  /// Prints something that is no result; nothing with `--quiet`.
  func note(_ text: String) {
    if !isQuiet { console.writeNote(text + "\n") }
  }

  /// Prints problems: a document on the result stream, or text beside it.
  func report(_ diagnostics: [Diagnostic]) {
    if wantsSARIF {
      print(SARIF.document(diagnostics))
    } else if wantsJSON {
      print(.array(diagnostics.map(\.json)))
    } else {
      show(diagnostics)
    }
  }

  /// Prints problems as text, whatever the output format.
  func show(_ diagnostics: [Diagnostic]) {
    for diagnostic in diagnostics {
      console.writeNote(DiagnosticRenderer.text(diagnostic, color: usesColor) + "\n")
    }
  }
}

extension Diagnostic {
  /// The shape that scripts rely on.
  ///
  /// Source: command line contract.
  var json: JSON {
    [
      "file": location.map { .string($0.file) } ?? .null,
      "line": location.map { .integer(Int64($0.line)) } ?? .null,
      "column": location.map { .integer(Int64($0.column)) } ?? .null,
      "pointer": pointer.map { .string($0) } ?? .null,
      "severity": .string(severity.rawValue),
      "code": .string(code.id),
      "message": .string(message),
      "hint": hint.map { .string($0) } ?? .null,
    ]
  }
}
