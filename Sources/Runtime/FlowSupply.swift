package import Diagnostics

/// Finds flows by name for actions that call them.
package struct FlowSupply: Sendable {
  private let find: @Sendable (String) throws(Diagnostic) -> PreparedFlow

  package init(_ find: @escaping @Sendable (String) throws(Diagnostic) -> PreparedFlow) {
    self.find = find
  }

  /// The flow with this name.
  ///
  /// - Throws: `Diagnostic` when there is none, or when it cannot run.
  package func flow(_ name: String) throws(Diagnostic) -> PreparedFlow { try find(name) }
}
