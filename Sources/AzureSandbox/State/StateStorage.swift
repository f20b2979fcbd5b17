package import Diagnostics

/// Where the sandbox keeps its state from one start to the next.
package protocol StateStorage: Sendable {
  /// What was saved under a name; `nil` when nothing was.
  func load(_ name: String) -> [UInt8]?

  /// Saves what was changed, all of it or nothing.
  ///
  /// - Throws: `Z0003`.
  func save(_ changes: [(name: String, content: [UInt8])]) throws(Diagnostic)
}
