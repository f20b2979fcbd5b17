import Engine

/// What a new run takes over from the run that it replays.
struct ReplaySeed: Sendable {
  var run: RunID
  var results: [ActionAddress: ActionInstance]
  /// Connections that stand in for the ones that the flow names, by name in lower case.
  var connections: [String: String]
  var isSecret: Bool
}
