/// Why an archive is not read.
package struct ArchiveDefect: Error, Hashable, Sendable {
  /// What is wrong: lower case, no period.
  package var message: String

  package init(_ message: String) { self.message = message }

  static let cutOff = ArchiveDefect("is cut off or damaged")
}
