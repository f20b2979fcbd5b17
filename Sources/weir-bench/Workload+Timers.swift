import Foundation
import OrderedJSON
import RawLoop
import Runtime
import Seams
import Timekeeping

extension Workload {
  static let timers = Workload(
    name: "W5",
    summary: "1,000 timers due at one instant, and 50 a second, against plain sleeps and a commit"
  ) { rounds in
    var burst: [[Double]] = []
    var raws: [Double] = []
    for _ in 0..<max(rounds, 1) {
      burst.append(try await lateness(ofTimersAtOnce: 1000))
      raws.append(try await rawLateness(1000))
    }
    let steady = try await steadyLateness(seconds: 10)
    let ratios = zip(burst, raws).map { $0.percentile(0.99) / $1 }
    func middle(_ share: Double) -> JSON { .double(burst.map { $0.percentile(share) }.median) }
    return [
      "started": .integer(Int64(burst.map(\.count).min() ?? 0)),
      "p50": middle(0.5), "p99": middle(0.99), "last": middle(1),
      "lastSpread": .array(burst.map { .double($0.percentile(1)) }),
      "raw": .double(raws.median), "rawSpread": .array(raws.map { .double($0) }),
      "ratio": .double(ratios.median),
      "steadyCount": .integer(Int64(steady.count)),
      "steadyP50": .double(steady.percentile(0.5)),
      "steadyP99": .double(steady.percentile(0.99)),
      "steadyLast": .double(steady.percentile(1)),
    ]
  }

  static let manyTriggers = Workload(
    name: "triggers",
    summary: "loading 100,000 recurring triggers into the book, and resting on them"
  ) { rounds in
    let folder = try TemporaryFolder()
    let far: JSON = ["frequency": "Day", "interval": 1, "startTime": "2040-01-01T00:00:00Z"]
    let timers = (0..<100_000).map { (name: "flow-\($0)", recurrence: far) }
    let before = residentMemory()
    let loop = try TimerLoop(folder: folder.path("weir"))
    let serving = ContinuousClock.now
    try await loop.serve(timers)
    let served = (ContinuousClock.now - serving) / .seconds(1)
    try await loop.book.open()
    let growth = residentMemory() - before
    var seconds: [Double] = []
    for _ in 0..<max(rounds, 1) {
      let again = TriggerBook(
        environment: loop.environment,
        catalog: loop.catalog,
        intake: IdleIntake()
      )
      let start = ContinuousClock.now
      try await again.open()
      seconds.append((ContinuousClock.now - start) / .seconds(1))
    }
    let idle = try await Measurement.of(1) {
      try await loop.run(until: 1, atMost: 10)
      return [10]
    }
    await loop.close()
    folder.remove()
    return [
      "open": .double(seconds.median), "openSpread": .array(seconds.map { .double($0) }),
      "serving": .double(served), "memory": .integer(Int64(growth)),
      "idleShareOfCore": .double(idle.processorSeconds / idle.seconds),
    ]
  }

  /// Takes nothing in.
  private struct IdleIntake: TriggerIntake {
    func take(_ occurrence: TriggerOccurrence) async throws(RuntimeFailure) -> TriggerReceipt {
      .skipped
    }
  }

  // MARK: Lateness

  private static func lateness(ofTimersAtOnce count: Int) async throws -> [Double] {
    let folder = try TemporaryFolder()
    let loop = try TimerLoop(folder: folder.path("weir"))
    let due = loop.environment.clock.now() + .seconds(3)
    let rule: JSON = [
      "frequency": "Day", "interval": 1, "startTime": .string(due.description),
    ]
    try await loop.serve((0..<count).map { (name: "flow-\($0)", recurrence: rule) })
    try await loop.book.open()
    try await loop.run(until: count, atMost: 20)
    await loop.close()
    folder.remove()
    return loop.lateness.all
  }

  private static func steadyLateness(seconds: Int) async throws -> [Double] {
    let folder = try TemporaryFolder()
    let loop = try TimerLoop(folder: folder.path("weir"))
    let first = loop.environment.clock.now() + .seconds(2)
    try await loop.serve(
      (0..<50).map { index in
        let start = first + .milliseconds(20 * index)
        let rule: JSON = [
          "frequency": "Second", "interval": 1, "startTime": .string(start.description),
        ]
        return (name: "flow-\(index)", recurrence: rule)
      }
    )
    try await loop.book.open()
    try await loop.run(until: 50 * seconds, atMost: Double(seconds) + 10)
    await loop.close()
    folder.remove()
    return loop.lateness.all
  }

  /// The largest lateness of plain sleeps until one instant, and one commit on top.
  private static func rawLateness(_ count: Int) async throws -> Double {
    let clock = BenchClock()
    let due = clock.now() + .seconds(1)
    let largest = try await withThrowingTaskGroup(of: Double.self) { group in
      for _ in 0..<count {
        group.addTask {
          try await clock.sleep(until: due)
          return (clock.now() - due).seconds
        }
      }
      return try await group.reduce(0, max)
    }
    return largest + (try await rawCommit())
  }

  private static func rawCommit() async throws -> Double {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    return RawSteps().run(1, steps: 1, concurrency: 1, database: folder.path("raw.db"))[0]
  }
}
