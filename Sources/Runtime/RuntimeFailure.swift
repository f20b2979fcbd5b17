package import Diagnostics
package import Engine
package import Seams

/// Why the runtime cannot do what it was asked.
package enum RuntimeFailure: Error, Sendable {
  /// The store refused or failed.
  case store(StoreFailure)
  case vault(VaultFailure)
  case unknownRun(RunID)
  /// Another living process drives the run.
  case ownedElsewhere(RunID)
  /// This process stops; the run goes on when it is started again.
  case interrupted(RunID)
  /// A stored plan or journal cannot be read.
  case unreadable(RunID, String)
  case invalid([Diagnostic])
}
