/// The operations whose requests pass through a script of the vendor's platform.
///
/// Source: connector format reference, section (i).
package struct ScriptScope: Hashable, Sendable {
  /// In lower case; empty means all.
  package var operations: Set<String>

  package init(operations: Set<String>) { self.operations = operations }

  package func covers(_ operation: String) -> Bool {
    operations.isEmpty || operations.contains(operation.lowercased())
  }
}
