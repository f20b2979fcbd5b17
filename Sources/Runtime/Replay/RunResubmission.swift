package import Engine
package import OrderedJSON

/// Replays runs: starts a new one from what an earlier one was given.
///
/// Source: workflow language reference, section f.10.
package protocol RunResubmission: Sendable {
  /// Starts the new run on behalf of a user; it is durable when this returns.
  ///
  /// - Throws: `RuntimeFailure.unknownRun`, `invalid` when the run cannot be replayed like this, or
  ///   why it cannot be stored.
  func resubmit(_ run: RunID, _ order: ResubmissionOrder, for user: String)
    async throws(RuntimeFailure) -> RunID

  /// Starts the new run that a bulk intends, in the way that the bulk recorded.
  ///
  /// - Returns: `nil` when the bulk has no such intention, or it was carried out before.
  /// - Throws: As the other one.
  func resubmit(_ run: RunID, inBulk bulk: String, for user: String)
    async throws(RuntimeFailure) -> RunID?
}

/// How a run is to be replayed.
package struct ResubmissionOrder: Hashable, Sendable {
  package enum Mode: Hashable, Sendable {
    /// From its trigger.
    case whole
    /// From its failed actions; what succeeded before keeps its outputs.
    case fromFailed
    /// From these actions; what stands before them keeps its outputs.
    case fromActions([String])
  }

  package enum Definition: String, Hashable, Sendable {
    /// The version that the earlier run had.
    case original
    /// The version in force.
    case latest
  }

  package var mode: Mode
  package var definition: Definition
  /// The body that the trigger brings instead of the one that it brought; `nil` leaves it.
  package var input: JSON?
  /// Connections that stand in for the ones that the flow names, by name.
  package var connections: [String: String]

  package init(
    mode: Mode = .whole,
    definition: Definition = .original,
    input: JSON? = nil,
    connections: [String: String] = [:]
  ) {
    self.mode = mode
    self.definition = definition
    self.input = input
    self.connections = connections
  }
}
