import Engine
import Seams

extension MemoryState {
  /// See `ReplayStore.saveBulk`.
  mutating func save(_ bulk: StoredBulk, replaying runs: [RunID]) {
    var known: Set<RunID> = []
    let runs = runs.filter { known.insert($0).inserted }
    if !runs.isEmpty { bulks.append(Bulk(stored: bulk, runs: runs)) }
  }

  func isIntended(_ replay: IntendedReplay) -> Bool {
    bulks.contains { $0.stored.name == replay.bulk && $0.runs.contains(replay.run) }
  }

  /// Forgets an intention, and its bulk with the last one; `false` when there is none.
  @discardableResult mutating func forget(_ replay: IntendedReplay) -> Bool {
    guard let place = bulks.firstIndex(where: { $0.stored.name == replay.bulk }),
      let run = bulks[place].runs.firstIndex(of: replay.run)
    else { return false }
    bulks[place].runs.remove(at: run)
    if bulks[place].runs.isEmpty { bulks.remove(at: place) }
    return true
  }
}
