package import Engine

/// Brings inputs to runs, wherever they are: driven now, waiting in the store, or left by a process
/// that died.
package protocol RunDelivery: Sendable {
  /// Returns once the input is decided and durable.
  ///
  /// - Throws: `RuntimeFailure.unknownRun`, `ownedElsewhere`, or why the run cannot be driven.
  func deliver(_ input: RunInput, to run: RunID) async throws(RuntimeFailure)
}
