package import Engine

/// The replay of one run that a bulk intends.
package struct IntendedReplay: Hashable, Sendable {
  package var bulk: String
  /// The run that is replayed.
  package var run: RunID

  package init(bulk: String, run: RunID) {
    self.bulk = bulk
    self.run = run
  }
}
