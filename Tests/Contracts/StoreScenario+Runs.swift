import Engine
import Seams
import Testing
import Timekeeping

extension StoreScenario {
  private static let run = RunID("run-1")

  static let runs: [StoreScenario] = [
    StoreScenario("the columns that may change do, the others stay") { open in
      let store = try open(Samples.owner)
      var record = Samples.record(run)
      record.parent = .init(run: RunID("run-0"), mode: "from-action", action: "Send")
      try await store.append(Samples.creation(run, record: record))
      record.status = .failed
      record.code = "ActionFailed"
      record.error = #"{"code":"ActionFailed"}"#
      record.endTime = Samples.start + .seconds(9)
      record.owner = nil
      var change = record
      change.flow = "renamed"
      change.startTime = Samples.start + .seconds(1)
      try await store.append(Samples.addition(run, after: 1, record: change))
      let found = try await store.run(run)
      #expect(found == record)
    },
    StoreScenario("lists are newest first and filtered") { open in
      let store = try open(Samples.owner)
      for number in 0..<12 {
        let run = RunID("run-\(number)")
        let record = Samples.record(
          run,
          flow: number.isMultiple(of: 2) ? "even" : "odd",
          status: RunStatus.allCases[number % 6],
          startTime: Samples.start + .seconds(number / 2)
        )
        try await store.append(Samples.creation(run, record: record))
      }
      func list(_ query: RunQuery) async throws -> [Int] {
        try await store.runs(matching: query).compactMap { Int($0.id.text.dropFirst(4)) }
      }
      let start = Samples.start
      let lists: [(RunQuery, [Int])] = [
        (RunQuery(), Array((0..<12).reversed())),
        (RunQuery(limit: 3), [11, 10, 9]),
        (RunQuery(limit: 0), []),
        (RunQuery(flow: "odd", limit: 2), [11, 9]),
        (RunQuery(flow: "none"), []),
        (RunQuery(statuses: [.running]), [6, 0]),
        (RunQuery(statuses: [.failed, .running, .failed], limit: 3), [9, 6, 3]),
        (RunQuery(flow: "even", statuses: [.running, .succeeded]), [8, 6, 2, 0]),
        (RunQuery(since: start + .seconds(4), until: start + .seconds(5)), [9, 8]),
        (RunQuery(parent: RunID("run-1")), []),
      ]
      for (query, expected) in lists {
        let found = try await list(query)
        #expect(found == expected, "\(query)")
      }
    },
    StoreScenario("a list goes on after a position, whatever arrived or went meanwhile") { open in
      let store = try open(Samples.owner)
      func create(_ number: Int, at seconds: Int) async throws {
        let run = RunID("run-\(number)")
        let record = Samples.record(run, startTime: Samples.start + .seconds(seconds))
        try await store.append(Samples.creation(run, record: record))
      }
      for number in 0..<9 { try await create(number, at: number / 3) }
      var query = RunQuery(limit: 2)
      var listed: [String] = []
      for number in 0..<5 {
        let page = try await store.runs(matching: query)
        listed += page.map(\.id.text)
        query.after = page.last.map { .init(startTime: $0.startTime, id: $0.id) }
        if number == 0 { try await create(9, at: 3) }
      }
      #expect(listed == (0..<9).reversed().map { "run-\($0)" })
      _ = try await store.deleteRun(RunID("run-5"))
      query.after = RunQuery.Position(
        startTime: Samples.start + .seconds(1),
        id: RunID("run-5")
      )
      let rest = try await store.runs(matching: query)
      #expect(rest.map(\.id.text) == ["run-2", "run-1"])
    },
    StoreScenario("the children of a run are found") { open in
      let store = try open(Samples.owner)
      for number in 1...3 {
        var record = Samples.record(RunID("child-\(number)"))
        record.parent = .init(run: RunID("run-\(number % 2)"), mode: "resubmit")
        try await store.append(Samples.creation(record.id, record: record))
      }
      let children = try await store.runs(matching: RunQuery(parent: RunID("run-1"), limit: 5))
      #expect(children.map(\.id.text) == ["child-3", "child-1"])
    },
    StoreScenario("the plans of a flow are listed, the newest first") { open in
      let store = try open(Samples.owner)
      for (number, hash) in ["a", "b", "a", "c"].enumerated() {
        var append = Samples.creation(RunID("run-\(number)"))
        append.record?.planHash = hash
        append.plan = StoredPlan(hash: hash, flow: hash == "b" ? "other" : "one", document: [])
        try await store.append(append)
      }
      let found = try await store.planHashes(of: "one")
      let none = try await store.planHashes(of: "none")
      #expect(found == ["c", "a"] && none.isEmpty)
    },
    StoreScenario("a deleted run leaves nothing and its name is free") { open in
      let store = try open(Samples.owner)
      let released = Samples.record(run, owner: nil)
      try await store.append(
        Samples.creation(run, record: released, wakeup: .set(Samples.start))
      )
      let deleted = try await store.deleteRun(run)
      let again = try await store.deleteRun(run)
      #expect([deleted, again] == [true, false])
      let entries = try await store.journal(of: run)
      #expect(entries.isEmpty)
      let wakeups = try await store.wakeups(due: Samples.start, limit: 9)
      #expect(wakeups.isEmpty)
      try await store.append(Samples.creation(run))
    },
    StoreScenario("a run that somebody holds is not to be woken") { open in
      let store = try open(Samples.owner)
      try await store.append(Samples.creation(run, wakeup: .set(Samples.start)))
      let held = try await store.wakeups(due: Samples.start, limit: 9)
      var append = Samples.addition(run, after: 1)
      append.entries = []
      append.record = Samples.record(run, status: .waiting, owner: nil)
      try await store.append(append)
      let left = try await store.wakeups(due: Samples.start, limit: 9)
      let isClaimed = try await store.claim(run, from: nil, by: Samples.owner)
      let claimed = try await store.wakeups(due: Samples.start, limit: 9)
      #expect(held.isEmpty && left.map(\.run) == [run] && isClaimed && claimed.isEmpty)
      try await store.append(Samples.addition(run, after: 1))
    },
    StoreScenario("wakeups come when due, earliest first") { open in
      let store = try open(Samples.owner)
      for (number, second) in [30, 10, 20].enumerated() {
        let due = Samples.start + .seconds(second)
        let run = RunID("run-\(number)")
        let record = Samples.record(run, owner: nil)
        try await store.append(Samples.creation(run, record: record, wakeup: .set(due)))
      }
      func due(_ seconds: Int, limit: Int = 9) async throws -> [String] {
        let time = Samples.start + .seconds(seconds)
        return try await store.wakeups(due: time, limit: limit).map(\.run.text)
      }
      var found = try await [due(9), due(10), due(30), due(30, limit: 2)]
      #expect(
        found == [[], ["run-1"], ["run-1", "run-2", "run-0"], ["run-1", "run-2"]]
      )
      let later = Samples.start + .seconds(40)
      let changes: [JournalAppend.WakeupChange] = [.set(later), .clear, .unchanged]
      for (number, change) in changes.enumerated() {
        let run = RunID("run-\(number)")
        let isClaimed = try await store.claim(run, from: nil, by: Samples.owner)
        #expect(isClaimed)
        let released = Samples.record(run, status: .waiting, owner: nil)
        try await store.append(Samples.addition(run, after: 1, record: released, wakeup: change))
      }
      found = try await [due(39), due(40)]
      #expect(found == [["run-2"], ["run-2", "run-0"]])
    },
  ]
}
