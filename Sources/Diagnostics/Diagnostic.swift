/// One problem: its code, its place, what is wrong and what to do.
package struct Diagnostic: Error, Hashable, Sendable {
  package enum Severity: String, Hashable, Sendable, Comparable {
    case error
    case warning

    package static func < (left: Severity, right: Severity) -> Bool {
      left == .error && right == .warning
    }
  }

  package var severity: Severity
  package var code: DiagnosticCode
  /// What is wrong: lower case, no period, culprits in single quotes, never a secret.
  package var message: String
  /// What to do about it.
  package var hint: String?
  package var location: SourceLocation?
  /// The JSON pointer of the value at fault.
  package var pointer: String?
  /// The member of an object that is missing, or that a misspelt one was meant to be.
  package var member: String?

  package init(
    _ code: DiagnosticCode,
    _ message: String,
    hint: String? = nil,
    severity: Severity = .error,
    location: SourceLocation? = nil,
    pointer: String? = nil,
    member: String? = nil
  ) {
    self.severity = severity
    self.code = code
    self.message = message
    self.hint = hint
    self.location = location
    self.pointer = pointer
    self.member = member
  }
}
