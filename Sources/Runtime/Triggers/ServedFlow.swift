package import Definitions
package import Diagnostics
package import Timekeeping

/// A flow as the server runs it now, without its plan: thousands of them are held.
package struct ServedFlow: Sendable {
  package var name: String
  /// The version in force; empty when none ever was free of errors.
  package var planHash: String
  /// The triggers of that version, as they are held.
  package private(set) var served: [ServedTrigger]
  /// When that version took effect.
  package var changed: Timestamp
  /// Whether its triggers start runs.
  package var isEnabled: Bool
  /// The file as it is shown to people; `nil` once it was removed.
  package var path: String?
  /// Why a newer version of the file has not taken effect.
  package var problems: [Diagnostic]

  package init(
    name: String,
    planHash: String,
    triggers: [FlowTrigger],
    changed: Timestamp,
    isEnabled: Bool,
    path: String?,
    problems: [Diagnostic] = []
  ) {
    self.name = name
    self.planHash = planHash
    served = triggers.map(ServedTrigger.init)
    self.changed = changed
    self.isEnabled = isEnabled
    self.path = path
    self.problems = problems
  }
}

extension ServedFlow {
  /// Whether there is a version that runs can start with.
  package var hasVersion: Bool { !planHash.isEmpty }

  /// The triggers of that version, decoded anew at each use.
  package var triggers: [FlowTrigger] {
    get { served.compactMap(\.decoded) }
    set { served = newValue.map(ServedTrigger.init) }
  }

  /// A trigger by its name, without regard to case.
  package func trigger(named name: String) -> FlowTrigger? { served(named: name)?.decoded }

  /// A trigger by its name, without regard to case, as it is held.
  package func served(named name: String) -> ServedTrigger? {
    let name = name.lowercased()
    return served.first { $0.name.lowercased() == name }
  }
}
