package import Diagnostics

/// The flow files of the project that is served.
package protocol FlowFiles: Sendable {
  /// Whether flows may be saved and deleted here.
  var isWritable: Bool { get }

  /// Everything that is wrong with a flow, without saving it.
  ///
  /// The document is the content of a flow file, in any form that one may have.
  func problems(in document: [UInt8], named name: String) async -> [Diagnostic]

  /// Writes a flow's file, in one step, so that nobody sees half of it.
  ///
  /// The catalog serves the new version when this returns.
  ///
  /// - Throws: `Diagnostic` when the file cannot be written.
  func save(_ document: [UInt8], named name: String) async throws(Diagnostic)

  /// Removes a flow's file; the catalog serves it no more when this returns.
  ///
  /// - Throws: `Diagnostic` when the file cannot be removed.
  func delete(_ name: String) async throws(Diagnostic)
}
