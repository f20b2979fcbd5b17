import Engine
import Seams

/// All runs of one event at once, for triggers without a limit on their runs.
extension FireLauncher {
  /// How many runs of one event are being started at a time; they share transactions.
  private static let width = 64

  /// Starts the runs that are missing, and forgets the event; they are in the order of its items.
  ///
  /// - Throws: `RuntimeFailure` when the store fails; the event stays and may be tried again.
  func startAll(of ready: ReadyEvent) async throws(RuntimeFailure) -> [RunDriver] {
    let count = ready.event.items.count
    let results = await withTaskGroup(of: (Int, Result<RunDriver?, RuntimeFailure>).self) { group in
      var results: [Int: Result<RunDriver?, RuntimeFailure>] = [:]
      var next = 0
      var end = count
      while true {
        if next < end, next - results.count < Self.width {
          let item = next
          group.addTask { (item, await attempt(item, of: ready)) }
          next += 1
          continue
        }
        guard let (item, result) = await group.next() else { return results }
        results[item] = result
        if case .failure = result { end = next }
      }
    }
    var drivers: [RunDriver] = []
    for (_, result) in results.sorted(by: { $0.key < $1.key }) {
      if let driver = try result.get() { drivers.append(driver) }
    }
    if ready.event.isSplit { try await settle(ready.fire) }
    return drivers
  }

  private func attempt(_ item: Int, of ready: ReadyEvent) async
    -> Result<RunDriver?, RuntimeFailure>
  {
    do throws(RuntimeFailure) {
      return .success(try await startItem(item, of: ready))
    } catch {
      return .failure(error)
    }
  }
}
