/// The words of a command line do not fit the command.
package struct UsageError: Error, Hashable, Sendable {
  /// What is wrong: lower case, no period.
  package var message: String
  package var hint: String?

  package init(_ message: String, hint: String? = nil) {
    self.message = message
    self.hint = hint
  }
}
