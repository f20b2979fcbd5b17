package import OrderedJSON
package import Timekeeping

/// Something that the shell must do for a run, derived from its state alone.
package struct Effect: Sendable {
  /// Names the effect for as long as it is outstanding: `run/action[indices]/attempt`.
  package struct Key: Hashable, Sendable {
    package var address: ActionAddress
    package var attempt: Int
    package var isDeadline: Bool
  }

  package enum Kind: Sendable {
    /// Send the action's request, or ask at `pollLocation` for its result.
    case send(inputs: JSON, pollLocation: String?)
    /// Report when the time has come.
    case wake
  }

  package var key: Key
  package var kind: Kind
  /// Not to be done before this time; `nil` means at once.
  package var due: Timestamp?
}
