import Connectors
package import Diagnostics

/// Keeping what a person's sign-in gave.
extension Connections {
  /// Saves a connection with the tokens that a trial of it got, in one transaction: whatever dies in
  /// between, either the old sign-in works or the new one.
  ///
  /// - Throws: K0102 or K0014 when it cannot be sealed or stored; nothing has changed then.
  package func save(
    _ record: ConnectionRecord,
    under key: String,
    signedInOn trial: ActiveConnection
  ) async throws(Diagnostic) {
    guard let order = trial.order, let newest = await tokens.tokens(of: order),
      let lasting = try activate(record, under: key).order, lasting.isStored
    else { return try await book.save(record, under: key) }
    try await tokens.adopt(newest, for: lasting, with: try book.row(record, under: key))
  }
}
