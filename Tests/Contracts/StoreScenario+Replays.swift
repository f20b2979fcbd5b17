import Engine
import Seams
import Testing

extension StoreScenario {
  private static let bulk = StoredBulk(name: "bulk", sealedOrder: [1, 2, 255])

  private static let parents = ["c", "a", "b"].map { RunID($0) }

  private static func replay(_ run: String, in bulk: String = "bulk") -> IntendedReplay {
    IntendedReplay(bulk: bulk, run: RunID(run))
  }

  /// A new run that carries out what a bulk intends.
  private static func creation(_ run: String, _ replay: IntendedReplay) -> JournalAppend {
    var append = Samples.creation(RunID(run))
    append.intention = replay
    return append
  }

  static let replays: [StoreScenario] = [
    StoreScenario("a bulk is kept whole, with each run once and in the order given") { open in
      let store = try open(Samples.owner)
      let earlier = StoredBulk(name: "earlier", sealedOrder: [], sealedRun: RunID("é🙂"))
      try await store.saveBulk(earlier, replaying: parents.reversed())
      try await store.saveBulk(bulk, replaying: parents + parents)
      let found = try await store.bulk("bulk")
      #expect(found == bulk)
      let order = try await store.intendedReplays(of: "bulk")
      #expect(order == parents)
      let other = try await store.intendedReplays(of: "earlier")
      #expect(other == parents.reversed())
      let unfinished = try await store.unfinishedBulks()
      #expect(unfinished.map(\.bulk) == ["earlier", "bulk"] && unfinished.map(\.count) == [3, 3])
      let kept = try await store.bulk("earlier")
      #expect(kept == earlier)
    },
    StoreScenario("a bulk of no runs is none, and neither is one that nobody saved") { open in
      let store = try open(Samples.owner)
      try await store.saveBulk(bulk, replaying: [])
      let found = try await store.bulk("bulk")
      let unfinished = try await store.unfinishedBulks()
      let order = try await store.intendedReplays(of: "other")
      #expect(found == nil && unfinished.isEmpty && order.isEmpty)
    },
    StoreScenario("a replay is begun once, and a refusal writes nothing") { open in
      let store = try open(Samples.owner)
      try await store.saveBulk(bulk, replaying: parents)
      try await store.append(creation("run-1", replay("a")))
      let order = try await store.intendedReplays(of: "bulk")
      #expect(order.map(\.text) == ["c", "b"])
      for refused in [replay("a"), replay("unknown"), replay("b", in: "other")] {
        let kind = await failureKind { () async throws(StoreFailure) in
          try await store.append(creation("run-2", refused))
        }
        #expect(kind == .fired)
        let isIntended = try await store.isIntended(refused)
        let record = try await store.run(RunID("run-2"))
        let entries = try await store.journal(of: RunID("run-2"))
        #expect(!isIntended && record == nil && entries.isEmpty)
      }
      try await store.append(creation("run-2", replay("b")))
      let isIntended = try await store.isIntended(replay("c"))
      #expect(isIntended)
    },
    StoreScenario("only one of many runs carries out a replay") { open in
      let store = try open(Samples.owner)
      try await store.saveBulk(bulk, replaying: parents)
      let begun = await withTaskGroup { group in
        for number in 0..<20 {
          group.addTask {
            await failureKind { () async throws(StoreFailure) in
              try await store.append(creation("run-\(number)", replay("a")))
            }
          }
        }
        return await group.reduce(0) { $0 + ($1 == nil ? 1 : 0) }
      }
      #expect(begun == 1)
    },
    StoreScenario("a refused replay leaves no plan behind") { open in
      let store = try open(Samples.owner)
      let kind = await failureKind { () async throws(StoreFailure) in
        try await store.append(creation("run-1", replay("a")))
      }
      let plan = try await store.plan(Samples.plan.hash)
      #expect(kind == .fired && plan == nil)
    },
    StoreScenario("a replay whose run cannot be created stays intended") { open in
      let store = try open(Samples.owner)
      try await store.saveBulk(bulk, replaying: parents)
      try await store.append(Samples.creation(RunID("run-1")))
      let kind = await failureKind { () async throws(StoreFailure) in
        try await store.append(creation("run-1", replay("a")))
      }
      let isIntended = try await store.isIntended(replay("a"))
      #expect(kind == .exists && isIntended)
    },
    StoreScenario("what is withdrawn is not begun, and a bulk goes with its last replay") { open in
      let store = try open(Samples.owner)
      try await store.saveBulk(bulk, replaying: parents)
      try await store.saveBulk(
        StoredBulk(name: "later", sealedOrder: [3]),
        replaying: parents
      )
      let isWithdrawn = try await store.withdrawReplay(replay("b"))
      let isAgain = try await store.withdrawReplay(replay("b"))
      #expect([isWithdrawn, isAgain] == [true, false])
      let kind = await failureKind { () async throws(StoreFailure) in
        try await store.append(creation("run-1", replay("b")))
      }
      #expect(kind == .fired)
      try await store.append(creation("run-1", replay("a")))
      let last = try await store.withdrawReplay(replay("c"))
      let found = try await store.bulk("bulk")
      let unfinished = try await store.unfinishedBulks()
      #expect(last && found == nil && unfinished.map(\.bulk) == ["later"])
    },
  ]
}
