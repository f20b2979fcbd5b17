/// A stable name for one kind of problem: a letter for the area and four digits, never reused.
///
/// Each area lists its codes in `DiagnosticCode+Area.swift` and adds them to `catalogue`.
package struct DiagnosticCode: Hashable, Sendable {
  /// For example `E0102`.
  package let id: String
  /// What is wrong in general, in a few words.
  package let title: String
  /// What happened, why, and what to do about it, for somebody who never saw it.
  package let explanation: String

  package init(_ id: String, _ title: String, _ explanation: String) {
    self.id = id
    self.title = title
    self.explanation = explanation
  }
}
