package import Diagnostics
package import OrderedJSON

/// Why a text is no expression, or has no value.
///
/// Source: workflow language reference, section b.6.
package struct ExpressionError: Error, Hashable, Sendable {
  /// The code that a failed action reports, such as `InvalidTemplate`.
  package var code: String
  /// What is wrong: lower case, no period, culprits in single quotes.
  package var message: String
  /// What to do about it.
  package var hint: String?
  /// The bytes at fault, in UTF-8 from the start of the string that holds the expression.
  package var range: Range<Int>?
  /// The string that holds the expression, inside the value that was compiled or evaluated.
  package var pointer: JSONPointer?
  package var diagnosticCode: DiagnosticCode

  package init(
    _ diagnosticCode: DiagnosticCode,
    _ message: String,
    hint: String? = nil,
    range: Range<Int>? = nil,
    pointer: JSONPointer? = nil,
    code: String = "InvalidTemplate"
  ) {
    self.code = code
    self.message = message
    self.hint = hint
    self.range = range
    self.pointer = pointer
    self.diagnosticCode = diagnosticCode
  }

  /// Where the problem starts, in bytes of the string that holds the expression.
  package var offset: Int? { range?.lowerBound }

  /// The error as it is shown to people; the place in a file is for the caller to add.
  package var diagnostic: Diagnostic {
    Diagnostic(diagnosticCode, message, hint: hint, pointer: pointer?.description)
  }

  /// The same error at a place, unless it already has a more precise one.
  func located(at range: Range<Int>) -> ExpressionError {
    guard self.range == nil else { return self }
    var copy = self
    copy.range = range
    return copy
  }

  /// The same error inside the string at a pointer.
  func located(at pointer: JSONPointer) -> ExpressionError {
    guard self.pointer == nil else { return self }
    var copy = self
    copy.pointer = pointer
    return copy
  }

  /// An argument has a value that the function does not accept.
  static func invalid(_ message: String, hint: String? = nil) -> ExpressionError {
    ExpressionError(.invalidArgument, message, hint: hint)
  }
}
