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
  /// Whether it is the key of the member that the pointer leads to.
  package var isKey: Bool
  /// The bytes at fault, in UTF-8 from the start of the string.
  package var range: Range<Int>

  package var offset: Int { range.lowerBound }

  init(
    _ error: ExpressionError,
    severity: Diagnostic.Severity,
    pointer: JSONPointer,
    isKey: Bool,
    fallback: Range<Int>
  ) {
    self.severity = severity
    self.pointer = pointer
    self.isKey = isKey
    code = error.diagnosticCode
    message = error.message
    hint = error.hint
    range = error.range ?? fallback
  }
}
