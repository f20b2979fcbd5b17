package import Timekeeping

/// A flow that a server serves, as it was when it last was free of errors.
package struct StoredFlow: Hashable, Sendable {
  package var name: String
  /// The plan of that version; it is in the store.
  package var planHash: String
  /// Whether its triggers start runs.
  package var isEnabled: Bool
  /// When this version took effect.
  package var changed: Timestamp

  package init(name: String, planHash: String, isEnabled: Bool, changed: Timestamp) {
    self.name = name
    self.planHash = planHash
    self.isEnabled = isEnabled
    self.changed = changed
  }
}
