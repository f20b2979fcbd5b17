import Engine
import Seams
import Testing

extension StoreScenario {
  private static let run = RunID("run-1")

  static let journal: [StoreScenario] = [
    StoreScenario("an append is read back as it was written") { open in
      let store = try open(Samples.owner)
      try await store.append(Samples.creation(run))
      try await store.append(Samples.addition(run, after: 1))
      let entries = try await store.journal(of: run)
      #expect(entries == Samples.entries(1...2))
      let other = try await store.journal(of: RunID("other"))
      #expect(other.isEmpty)
    },
    StoreScenario("a journal is read from anywhere on") { open in
      let store = try open(Samples.owner)
      try await store.append(Samples.creation(run))
      try await store.append(Samples.addition(run, after: 1))
      var counts: [Int] = []
      for version in [-1, 0, 1, 2, 9] {
        let rest = try await store.journal(of: run, after: version)
        #expect(rest == Samples.entries(1...2).suffix(rest.count))
        counts.append(rest.count)
      }
      #expect(counts == [2, 2, 1, 0, 0])
    },
    StoreScenario("empty, binary and large data survive") { open in
      let store = try open(Samples.owner)
      var append = Samples.creation(run)
      append.entries = [[], [0, 255, 0], [UInt8](repeating: 7, count: 3_000_000)].map { data in
        JournalEntry(kind: "", time: Samples.start, data: data, isSealed: false)
      }
      try await store.append(append)
      let entries = try await store.journal(of: run)
      #expect(entries == append.entries)
    },
    StoreScenario("an append under another version conflicts and writes nothing") { open in
      let store = try open(Samples.owner)
      try await store.append(Samples.creation(run))
      for version in [2, 7] {
        let kind = await failureKind { () async throws(StoreFailure) in
          try await store.append(Samples.addition(run, after: version, wakeup: .set(Samples.start)))
        }
        #expect(kind == .conflict)
      }
      let entries = try await store.journal(of: run)
      #expect(entries.count == 1)
      let wakeups = try await store.wakeups(due: Samples.start, limit: 10)
      #expect(wakeups.isEmpty)
    },
    StoreScenario("an append to an unknown run conflicts") { open in
      let store = try open(Samples.owner)
      let kind = await failureKind { () async throws(StoreFailure) in
        try await store.append(Samples.addition(run, after: 1))
      }
      #expect(kind == .conflict)
    },
    StoreScenario("a run is created once") { open in
      let store = try open(Samples.owner)
      try await store.append(Samples.creation(run))
      var second = Samples.creation(run)
      second.record?.flow = "another"
      let kind = await failureKind { () async throws(StoreFailure) in try await store.append(second)
      }
      #expect(kind == .exists)
      let record = try await store.run(run)
      #expect(record == Samples.record(run))
    },
    StoreScenario("a new run needs its record and its plan") { open in
      let store = try open(Samples.owner)
      var append = Samples.creation(run)
      append.record = nil
      let withoutRecord = await failureKind { [append] () async throws(StoreFailure) in
        try await store.append(append)
      }
      #expect(withoutRecord == .notFound)
      append = Samples.creation(run)
      append.plan = nil
      let withoutPlan = await failureKind { [append] () async throws(StoreFailure) in
        try await store.append(append)
      }
      #expect(withoutPlan == .notFound)
      let record = try await store.run(run)
      #expect(record == nil)
    },
    StoreScenario("a plan is stored once and found by its hash") { open in
      let store = try open(Samples.owner)
      try await store.append(Samples.creation(run))
      var second = Samples.creation(RunID("run-2"))
      second.plan = nil
      try await store.append(second)
      let plan = try await store.plan(Samples.plan.hash)
      #expect(plan == Samples.plan)
      let other = try await store.plan("0")
      #expect(other == nil)
    },
    StoreScenario("200 concurrent writers all succeed, and losers of a race do not harm them") {
      open in
      let store = try open(Samples.owner)
      let conflicts = await withTaskGroup { group in
        for writer in 0..<200 {
          group.addTask { await race(writer, on: store) }
        }
        return await group.reduce(0) { $0 + $1 }
      }
      #expect(conflicts == 200)
      for writer in 0..<200 {
        let entries = try await store.journal(of: RunID("run-\(writer)"))
        #expect(entries == Samples.entries(1...5))
      }
    },
    StoreScenario("one of many writers wins each version") { open in
      let store = try open(Samples.owner)
      try await store.append(Samples.creation(run))
      let wins = await withTaskGroup { group in
        for _ in 0..<50 {
          group.addTask {
            await failureKind { () async throws(StoreFailure) in
              try await store.append(Samples.addition(run, after: 1))
            }
          }
        }
        return await group.reduce(0) { $0 + ($1 == nil ? 1 : 0) }
      }
      #expect(wins == 1)
      let entries = try await store.journal(of: run)
      #expect(entries == Samples.entries(1...2))
    },
    StoreScenario("a closed store refuses") { open in
      let store = try open(Samples.owner)
      try await store.append(Samples.creation(run))
      await store.close()
      await store.close()
      let write = await failureKind { () async throws(StoreFailure) in
        try await store.append(Samples.addition(run, after: 1))
      }
      let read = await failureKind { () async throws(StoreFailure) in try await store.run(run) }
      #expect([write, read] == [.closed, .closed])
    },
    StoreScenario("what was written is there after reopening") { open in
      let first = try open(Samples.owner)
      let released = Samples.record(run, owner: nil)
      try await first.append(
        Samples.creation(run, record: released, wakeup: .set(Samples.start))
      )
      await first.close()
      let second = try open(OwnerID("process-2"))
      let entries = try await second.journal(of: run)
      #expect(entries == Samples.entries(1...1))
      let record = try await second.run(run)
      #expect(record == released)
      let wakeups = try await second.wakeups(due: Samples.start, limit: 1)
      #expect(wakeups.map(\.run) == [run])
    },
  ]

  /// Writes five entries to a run, with one conflicting append between; returns the conflicts.
  private static func race(_ writer: Int, on store: any Store) async -> Int {
    let run = RunID("run-\(writer)")
    var conflicts = 0
    for version in 0..<5 {
      let append =
        version == 0 ? Samples.creation(run) : Samples.addition(run, after: version)
      let kind = await failureKind { () async throws(StoreFailure) in
        try await store.append(append)
      }
      #expect(kind == nil)
      guard version == 3 else { continue }
      let repeated = await failureKind { () async throws(StoreFailure) in
        try await store.append(append)
      }
      conflicts += repeated == .conflict ? 1 : 0
    }
    return conflicts
  }
}
