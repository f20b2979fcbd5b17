package import Engine

/// The refusals that every store words alike.
extension StoreFailure {
  package static func exists(_ run: RunID) -> StoreFailure {
    StoreFailure(.exists, "a run named '\(run)' exists", advice: "choose another name")
  }

  package static func fired(_ fire: TriggerFire) -> StoreFailure {
    StoreFailure(.fired, "the event '\(fire.identity)' of '\(fire.flow)' started a run already")
  }

  package static func begun(_ replay: IntendedReplay) -> StoreFailure {
    StoreFailure(.fired, "the replay of run '\(replay.run)' was begun or withdrawn already")
  }

  package static func tokenExists(_ name: String) -> StoreFailure {
    StoreFailure(.exists, "a token named '\(name)' exists", advice: "choose another name")
  }

  package static func planMissing(of flow: StoredFlow) -> StoreFailure {
    StoreFailure(.notFound, "the plan of the flow '\(flow.name)' is not stored and not given")
  }

  package static func recordMissing(_ run: RunID) -> StoreFailure {
    StoreFailure(.notFound, "the new run '\(run)' comes without its record")
  }

  package static func planMissing(_ run: RunID) -> StoreFailure {
    StoreFailure(.notFound, "the plan of the new run '\(run)' is not stored and not given")
  }

  package static func versionConflict(_ append: JournalAppend, found: Int) -> StoreFailure {
    let expected = "not the \(append.expectedVersion) that this process knows"
    return StoreFailure(.conflict, "run '\(append.run)' has \(found) entries, \(expected)")
  }

  package static func ownerConflict(_ run: RunID) -> StoreFailure {
    StoreFailure(.conflict, "run '\(run)' is held by another process or by none")
  }

  package static let storeClosed = StoreFailure(.closed, "the store is closed")
}
