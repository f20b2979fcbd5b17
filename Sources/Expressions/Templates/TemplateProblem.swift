package import Diagnostics
package import OrderedJSON

/// One problem of one string, found without evaluating anything.
package struct TemplateProblem: Hashable, Sendable {
  package var severity: Diagnostic.Severity
  package var code: DiagnosticCode
  package var message: String
  package var hint: String?
  /// The string at fault, inside the value that was checked.
  package var pointer: JSONPointer
  /// The bytes at fault, in UTF-8 from the start of the string.
  package var range: Range<Int>

  package var offset: Int { range.lowerBound }

  init(
    _ error: ExpressionError,
    severity: Diagnostic.Severity,
    pointer: JSONPointer,
    fallback: Range<Int>
  ) {
    self.severity = severity
    self.pointer = pointer
    code = error.diagnosticCode
    message = error.message
    hint = error.hint
    range = error.range ?? fallback
  }
}
