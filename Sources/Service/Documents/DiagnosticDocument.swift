import Diagnostics
import OrderedJSON

/// A problem of a file as clients see it.
///
/// Source: command line contract, "Diagnostics".
enum DiagnosticDocument {
  static func json(_ diagnostic: Diagnostic) -> JSON {
    let place = diagnostic.location
    return [
      "code": .string(diagnostic.code.id),
      "message": .string(diagnostic.message),
      "severity": .string(diagnostic.severity.rawValue),
      "hint": diagnostic.hint.map { .string($0) } ?? .null,
      "file": place.map { .string($0.file) } ?? .null,
      "line": place.map { .integer(Int64($0.line)) } ?? .null,
      "column": place.map { .integer(Int64($0.column)) } ?? .null,
      "pointer": diagnostic.pointer.map { .string($0) } ?? .null,
    ]
  }
}
