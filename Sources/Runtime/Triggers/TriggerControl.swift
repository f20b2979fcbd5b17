/// Stops triggers from starting runs, and lets them go on.
///
/// Runs in flight are not touched.
package protocol TriggerControl: Sendable {
  /// Durable when this returns.
  ///
  /// - Throws: `RuntimeFailure.store` when the store cannot take it.
  func setPaused(_ isPaused: Bool, trigger: String, of flow: String) async throws(RuntimeFailure)

  /// Lets the triggers of a flow start runs or not; the catalog and the store agree when this
  /// returns.
  ///
  /// - Throws: `RuntimeFailure.store` when the store cannot take it.
  func setEnabled(_ isEnabled: Bool, flow: String) async throws(RuntimeFailure)
}
