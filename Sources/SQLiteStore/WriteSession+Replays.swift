import Engine
import Seams

extension WriteSession {
  /// See `ReplayStore.saveBulk`.
  func save(_ bulk: StoredBulk, replaying runs: [RunID]) throws(SQLiteError) {
    guard !runs.isEmpty else { return }
    try replays.saveBulk.run(
      .text(bulk.name),
      .blob(bulk.sealedOrder),
      .text(bulk.sealedRun?.text)
    )
    let key = connection.lastInsertedKey
    for (place, run) in runs.enumerated() {
      try replays.intend.run(.integer(key), .text(run.text), .count(place))
    }
  }

  func isIntended(_ replay: IntendedReplay) throws(SQLiteError) -> Bool {
    try replays.find.first([.text(replay.bulk), .text(replay.run.text)]) { _ in true } ?? false
  }

  /// Forgets an intention; `false` when there is none.
  func forget(_ replay: IntendedReplay) throws(SQLiteError) -> Bool {
    try replays.forget.run(.text(replay.bulk), .text(replay.run.text))
    guard connection.changeCount > 0 else { return false }
    try replays.endBulk.run(.text(replay.bulk))
    return true
  }
}
