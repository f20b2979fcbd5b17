package import OrderedJSON
package import Timekeeping

/// Something that the shell must do for a run, derived from its state alone.
package struct Effect: Equatable, Sendable {
  /// Names the effect for as long as it is outstanding: `run/action[indices]/attempt`.
  package struct Key: Hashable, Comparable, Sendable {
    package enum Purpose: Int, Sendable {
      case attempt, deadline, callback, unsubscription
    }

    package var address: ActionAddress
    package var purpose: Purpose
    /// Counted from 1 for attempts; 0 for other purposes.
    package var attempt: Int

    package init(_ address: ActionAddress, _ purpose: Purpose, attempt: Int = 0) {
      self.address = address
      self.purpose = purpose
      self.attempt = attempt
    }

    /// In the order of the flow, so that what is done to many effects never depends on chance.
    package static func < (one: Key, other: Key) -> Bool {
      let (left, right) = (one.address, other.address)
      if left.action != right.action { return left.action < right.action }
      if left.indices != right.indices {
        return left.indices.lexicographicallyPrecedes(right.indices)
      }
      return (one.purpose.rawValue, one.attempt) < (other.purpose.rawValue, other.attempt)
    }
  }

  package enum Kind: Equatable, Sendable {
    /// Send the action's request, or ask at `pollLocation` for its result.
    case send(inputs: JSON, pollLocation: String?)
    /// Start a run of another flow and wait for its answer.
    case call(inputs: JSON)
    /// Report when the time has come.
    case wake
    /// Hand over what arrives at the action's callback address; nothing is to be done before.
    case awaitCallback
    /// Undo a subscription, by a request or by deleting what `location` names.
    ///
    /// It stays outstanding when the run ends, until it is done.
    case unsubscribe(inputs: JSON?, location: String?)
  }

  package var key: Key
  package var kind: Kind
  /// Not to be done before this time; `nil` means at once.
  package var due: Timestamp?
}
