/// A stable name for one kind of problem: a letter for the area and four digits, never reused.
///
/// Each area lists its codes in `DiagnosticCode+Area.swift` and adds them to `catalogue`.
package struct DiagnosticCode: Sendable {
  /// For example `E0102`.
  package let id: String
  /// What is wrong in general, in a few words.
  package let title: String
  /// What happened and why, for somebody who never saw it.
  package let explanation: String
  /// What to do about it.
  package let remedy: String
  package let example: DiagnosticExample

  package init(
    _ id: String,
    _ title: String,
    _ explanation: String,
    remedy: String,
    example: DiagnosticExample
  ) {
    self.id = id
    self.title = title
    self.explanation = explanation
    self.remedy = remedy
    self.example = example
  }

  /// The whole page: title, what happened, an example, what to do.
  package var page: String {
    let shown = example.text.split(separator: "\n", omittingEmptySubsequences: false)
    return """
      \(id): \(title)

      \(explanation)

      For example:

      \(shown.map { "    \($0)" }.joined(separator: "\n"))

      What to do:

      \(remedy)
      """
  }
}

extension DiagnosticCode: Hashable {
  package static func == (left: DiagnosticCode, right: DiagnosticCode) -> Bool {
    left.id == right.id
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(id) }
}
