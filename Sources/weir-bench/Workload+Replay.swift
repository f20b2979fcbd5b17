import Engine
import OrderedJSON
import Runtime
import SQLiteStore
import Seams
import Synchronization

extension Workload {
  static let replays = Workload(
    name: "W6",
    summary: "replaying 10,000 runs that failed at their first step, against the rate of new runs"
  ) { rounds in
    let service = try Service()
    let folder = try TemporaryFolder()
    defer {
      service.stop()
      folder.remove()
    }
    let weir = try WeirLoop(
      folder: folder.path("weir"),
      connectionString: service.connectionString
    )
    let count = 10_000
    try service.refuse(true)
    _ = try await weir.run(count, concurrency: 50, expecting: .failed)
    try service.refuse(false)
    let failed = try await weir.store.runs(matching: RunQuery(statuses: [.failed])).map(\.id)
    var replays: [Measurement] = []
    var new: [Measurement] = []
    for round in 0...rounds {
      let runs = try await Measurement.of(2000) { try await weir.run(2000, concurrency: 50) }
      let replay = try await Measurement.of(count) { try await replayAll(failed, weir) }
      guard round > 0 else { continue }
      new.append(runs)
      replays.append(replay)
    }
    await weir.close()
    return [
      "runsPerSecond": .double(replays.map(\.runsPerSecond).median.rounded()),
      "newRunsPerSecond": .double(new.map(\.runsPerSecond).median.rounded()),
      "ratio": .rounded(zip(replays, new).map { $0.runsPerSecond / $1.runsPerSecond }.median),
      "spread": .rounded(replays.map(\.runsPerSecond).spread),
      "processorPerRun": .double(replays.map(\.processorPerRun).median),
    ]
  }

  /// Records all replays as intended and carries them out, as `run resubmit` does.
  private static func replayAll(_ runs: [RunID], _ weir: WeirLoop) async throws -> [Double] {
    let replay = RunReplay(worker: weir.worker, connections: weir.connections) {
      _ async throws(RuntimeFailure) in weir.flow
    }
    let bulk = BulkReplay(replay: replay, environment: weir.environment)
    let name = try await bulk.intend(runs, ResubmissionOrder(mode: .fromFailed))
    let succeeded = Atomic(0)
    try await bulk.carryOut(name, concurrency: 50) { outcome in
      if case .replayed(_, _, .succeeded) = outcome { succeeded.add(1, ordering: .relaxed) }
    }
    guard succeeded.load(ordering: .relaxed) == runs.count else {
      throw BenchFailure("not every replay succeeded")
    }
    return []
  }
}
