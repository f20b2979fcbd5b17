import Engine
import Seams
import Testing

extension StoreScenario {
  private static let run = RunID("run-1")
  private static let second = OwnerID("process-2")

  static let owners: [StoreScenario] = [
    StoreScenario("a process that lost its run cannot append") { open in
      let store = try open(Samples.owner)
      try await store.append(Samples.creation(run))
      let isClaimed = try await store.claim(run, from: Samples.owner, by: second)
      #expect(isClaimed)
      let kind = await failureKind { () async throws(StoreFailure) in
        try await store.append(Samples.addition(run, after: 1))
      }
      #expect(kind == .conflict)
      try await store.append(Samples.addition(run, after: 1, owner: second))
      let record = try await store.run(run)
      #expect(record?.owner == second)
    },
    StoreScenario("only one of many claims a run") { open in
      let store = try open(Samples.owner)
      try await store.append(Samples.creation(run))
      let winners = try await withThrowingTaskGroup { group in
        for number in 0..<20 {
          group.addTask {
            try await store.claim(run, from: Samples.owner, by: OwnerID("other-\(number)"))
          }
        }
        return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
      }
      #expect(winners == 1)
    },
    StoreScenario("a run that nobody holds is claimed from nobody") { open in
      let store = try open(Samples.owner)
      let record = Samples.record(run, owner: nil)
      try await store.append(Samples.creation(run, record: record))
      let wrong = try await store.claim(run, from: Samples.owner, by: second)
      let right = try await store.claim(run, from: nil, by: second)
      let unknown = try await store.claim(RunID("other"), from: nil, by: second)
      #expect([wrong, right, unknown] == [false, true, false])
    },
    StoreScenario("what others hold is found") { open in
      let first = try open(Samples.owner)
      let other = try open(second)
      for (number, owner) in [Samples.owner, second, nil, OwnerID("a")].enumerated() {
        let run = RunID("run-\(number)")
        try await first.append(
          Samples.creation(run, record: Samples.record(run, owner: owner))
        )
      }
      func held(_ store: any Store) async throws -> [String] {
        try await store.runsHeldElsewhere().map { "\($0.run) \($0.owner)" }.sorted()
      }
      let found = try await [held(first), held(other)]
      #expect(found == [["run-1 process-2", "run-3 a"], ["run-0 process-1", "run-3 a"]])
    },
    StoreScenario("a process lives until its store closes") { open in
      let first = try open(Samples.owner)
      let other = try open(second)
      #expect(first.owner == Samples.owner)
      var alive = await [first.isAlive(Samples.owner), first.isAlive(second)]
      #expect(alive == [true, true])
      await other.close()
      alive = await [first.isAlive(Samples.owner), first.isAlive(second)]
      #expect(alive == [true, false])
      let strangers = await [first.isAlive(OwnerID("x")), first.isAlive(OwnerID("../x/é"))]
      #expect(strangers == [false, false])
    },
    StoreScenario("two processes see each other's writes") { open in
      let first = try open(Samples.owner)
      let other = try open(second)
      try await first.append(Samples.creation(run))
      let isClaimed = try await other.claim(run, from: Samples.owner, by: second)
      #expect(isClaimed)
      try await other.append(Samples.addition(run, after: 1, owner: second))
      let entries = try await first.journal(of: run)
      #expect(entries == Samples.entries(1...2))
      for version in 1...2 {
        let kind = await failureKind { () async throws(StoreFailure) in
          try await first.append(Samples.addition(run, after: version))
        }
        #expect(kind == .conflict)
      }
      let isBack = try await first.claim(run, from: second, by: Samples.owner)
      #expect(isBack)
      try await first.append(Samples.addition(run, after: 2))
    },
    StoreScenario("a run that another process deleted can be created again") { open in
      let first = try open(Samples.owner)
      let other = try open(second)
      try await first.append(Samples.creation(run))
      try await first.append(Samples.addition(run, after: 1))
      let isDeleted = try await other.deleteRun(run)
      #expect(isDeleted)
      let kind = await failureKind { () async throws(StoreFailure) in
        try await first.append(Samples.addition(run, after: 2))
      }
      #expect(kind == .conflict)
      try await first.append(Samples.creation(run))
      let entries = try await other.journal(of: run)
      #expect(entries == Samples.entries(1...1))
    },
  ]
}
