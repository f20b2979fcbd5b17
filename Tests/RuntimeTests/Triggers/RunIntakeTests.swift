import Engine
import OrderedJSON
import Runtime
import Seams
import Simulation
import Synchronization
import Testing
import Timekeeping

@Suite struct RunIntakeTests {
  @Test func `an event starts one run, however often it is told`() throws {
    let world = IntakeWorld()
    let (history, bodies, receipts) = try world.run {
      let server = try await world.server(["f": IntakeWorld.flow([:])])
      let receipts = [
        try await server.take("1", body: 7), try await server.take("1", body: 7),
      ]
      return (try await server.history(), try await server.bodies(), receipts)
    }
    #expect(history == ["1 Succeeded"])
    #expect(bodies == [7])
    #expect(receipts.map(\.word) == ["started 1", "duplicate"])
  }

  @Test func `an event of a flow that cannot be run is recorded`() throws {
    let world = IntakeWorld()
    let (history, receipt) = try world.run {
      let server = try await world.server(["f": IntakeWorld.flow([:])])
      var occurrence = try server.occurrence(id: "1")
      occurrence.flow.name = "g"
      occurrence.flow.planHash = "other"
      let receipt = try await server.intake.take(occurrence)
      return (try await server.history(), receipt)
    }
    #expect(history == ["1 Failed FlowNotReady"])
    #expect(receipt.word == "failed FlowNotReady")
  }

  // MARK: Splitting

  @Test func `each item of a split event gets a run and a name of its own`() throws {
    let world = IntakeWorld()
    let flow = IntakeWorld.flow([
      "splitOn": "@triggerBody()?['value']",
      "conditions": [["expression": "@not(equals(triggerBody(), 'b'))"]],
    ])
    let (history, bodies) = try world.run {
      let server = try await world.server(["f": flow])
      let receipt = try await server.take("1", body: ["value": ["a", "b", "c"], "more": 1])
      #expect(receipt.word == "started 2")
      return (try await server.history(), try await server.bodies())
    }
    #expect(Set(history) == ["1/0 Succeeded", "1/1 Skipped ConditionNotMet", "1/2 Succeeded"])
    #expect(Set(bodies) == ["a", "c"])
  }

  @Test(arguments: [1, 2, 3, 4, 5, 6], [true, false])
  func `a split event is neither lost nor doubled when its process dies around any write`(
    write: Int,
    after: Bool
  ) throws {
    let world = IntakeWorld()
    let flow = IntakeWorld.flow(["splitOn": "@triggerBody()"])
    let items: [JSON] = ["a", "b", "c"]
    let (isTold, bodies, waiting) = try world.run {
      let dying = DyingProcess(at: write, after: after)
      let first = try await world.server(["f": flow], as: "first", hooks: dying.hooks)
      let receipt = try? await first.take("1", body: .array(items))
      await first.store.close()
      let second = try await world.server(["f": flow], as: "second")
      // Who was told nothing tells it again.
      if receipt == nil { _ = try await second.take("1", body: .array(items)) }
      try await second.intake.recover()
      try await world.base.clock.sleep(until: world.base.clock.now() + .seconds(120))
      let waiting = try await second.store.waitingTriggers().count
      return (receipt != nil, try await second.bodies(), waiting)
    }
    #expect(Set(bodies) == Set(items))
    #expect(bodies.count == 3, "told: \(isTold)")
    #expect(waiting == 0)
  }

  @Test func `many items are all started`() throws {
    let world = IntakeWorld()
    let flow = IntakeWorld.flow(["splitOn": "@triggerBody()"])
    let bodies = try world.run {
      let server = try await world.server(["f": flow])
      let items = (0..<1000).map { JSON.integer(Int64($0)) }
      let receipt = try await server.take("1", body: .array(items))
      #expect(receipt.word == "started 1000")
      return try await server.bodies()
    }
    #expect(Set(bodies.compactMap(\.integerValue)) == Set(0..<1000))
  }

  // MARK: Concurrency

  static func limited(_ runs: Int, waiting: Int, more: JSONObject = [:]) -> JSON {
    var trigger = more
    trigger["runtimeConfiguration"] = [
      "concurrency": [
        "runs": .integer(Int64(runs)), "maximumWaitingRuns": .integer(Int64(waiting)),
      ]
    ]
    return IntakeWorld.flow(.object(trigger), slow: true)
  }

  @Test func `runs over the limit wait and start in order`() throws {
    let world = IntakeWorld(latency: .seconds(10))
    let (words, most, bodies) = try world.run {
      let server = try await world.server(["f": Self.limited(2, waiting: 3)])
      let going = Mutex((now: 0, most: 0))
      server.process.worker.observe { event, _ in
        going.withLock { going in
          switch event {
          case .runStarted: going.now += 1
          case .runEnded: going.now -= 1
          default: break
          }
          going.most = max(going.most, going.now)
        }
      }
      var words: [String] = []
      for number in 1...6 {
        words.append(try await server.take("\(number)", body: .integer(Int64(number))).word)
      }
      try await world.base.clock.sleep(until: world.base.clock.now() + .seconds(100))
      return (words, going.withLock { $0.most }, try await server.bodies())
    }
    #expect(words == ["started 1", "started 1", "waiting", "waiting", "waiting", "full"])
    #expect(most == 2)
    #expect(bodies == [1, 2, 3, 4, 5])
  }

  @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8], [true, false])
  func `what waits outlives its process`(write: Int, after: Bool) throws {
    let world = IntakeWorld(latency: .seconds(10))
    let (told, bodies) = try world.run {
      let dying = DyingProcess(at: write, after: after)
      let first = try await world.server(
        ["f": Self.limited(1, waiting: 5)],
        as: "first",
        hooks: dying.hooks
      )
      var told: Set<JSON> = []
      for number in 1...4 {
        let body = JSON.integer(Int64(number))
        if (try? await first.take("\(number)", body: body)) != nil { told.insert(body) }
      }
      try await world.base.clock.sleep(until: world.base.clock.now() + .seconds(15))
      await first.store.close()
      let second = try await world.server(["f": Self.limited(1, waiting: 5)], as: "second")
      for record in try await second.store.runs(matching: RunQuery(statuses: [.running])) {
        _ = try await second.process.worker.takeOver(record.id)
      }
      try await second.intake.recover()
      try await world.base.clock.sleep(until: world.base.clock.now() + .seconds(100))
      return (told, try await second.bodies())
    }
    #expect(Set(bodies).isSuperset(of: told))
    #expect(bodies.count == Set(bodies).count)
  }

  @Test func `replays that wait to be carried out are no events of triggers`() throws {
    let world = IntakeWorld()
    let (history, unfinished) = try world.run {
      let server = try await world.server(["f": Self.limited(1, waiting: 5)])
      _ = try await server.process.bulk.intend([RunID("r1")], ResubmissionOrder())
      try await server.intake.recover()
      return (try await server.history(), try await server.process.bulk.unfinished())
    }
    #expect(history.isEmpty && unfinished.map(\.count) == [1])
  }

  @Test func `a single instance runs alone`() throws {
    let world = IntakeWorld(latency: .seconds(10))
    let flow = IntakeWorld.flow(["operationOptions": "SingleInstance"], slow: true)
    let words = try world.run {
      let server = try await world.server(["f": flow])
      var words: [String] = []
      for number in 1...13 { words.append(try await server.take("\(number)", body: 1).word) }
      return words
    }
    #expect(words.first == "started 1")
    #expect(words.count { $0 == "waiting" } == 11)
    #expect(words.last == "full")
  }

  @Test func `a split event larger than the line is let into an empty one`() throws {
    let world = IntakeWorld(latency: .seconds(1))
    let flow = Self.limited(1, waiting: 2, more: ["splitOn": "@triggerBody()"])
    let (words, bodies) = try world.run {
      let server = try await world.server(["f": flow])
      let items = (1...20).map { JSON.integer($0) }
      let words = [
        try await server.take("1", body: .array(items)).word,
        try await server.take("2", body: [21]).word,
      ]
      try await world.base.clock.sleep(until: world.base.clock.now() + .seconds(100))
      return (words, try await server.bodies())
    }
    #expect(words == ["waiting", "full"])
    #expect(bodies.compactMap(\.integerValue) == Array(1...20))
  }

  @Test func `what waits for a flow that was removed ends as failed`() throws {
    let world = IntakeWorld(latency: .seconds(10))
    let history = try world.run {
      let server = try await world.server(["f": Self.limited(1, waiting: 5)])
      _ = try await server.take("1", body: 1)
      _ = try await server.take("2", body: 2)
      server.catalog.remove("f")
      try await world.base.clock.sleep(until: world.base.clock.now() + .seconds(100))
      return try await server.history()
    }
    #expect(history == ["1 Succeeded", "2 Failed FlowNotFound"])
  }

  // MARK: Secrets

  @Test func `secured outputs are sealed while they wait and after`() throws {
    let world = IntakeWorld(latency: .seconds(10))
    let secret: JSON = ["secureData": ["properties": ["outputs"]]]
    let flow = IntakeWorld.flow(
      [
        "operationOptions": "SingleInstance", "runtimeConfiguration": secret,
        "conditions": [["expression": "@equals(triggerBody(), int('x'))"]],
      ],
      slow: true
    )
    let (history, errors) = try world.run {
      let server = try await world.server(["f": flow])
      _ = try await server.take("1", body: "hunter2-hunter2")
      return (
        try await server.history(),
        try await server.store.fires(matching: FireQuery()).compactMap(\.error)
      )
    }
    #expect(history == ["1 Failed InvalidTemplate"])
    #expect(errors.allSatisfy { !$0.contains("hunter2") })
  }

  @Test func `what waits is sealed in the store`() throws {
    let world = IntakeWorld(latency: .seconds(10))
    let fires = try world.run {
      let server = try await world.server(["f": Self.limited(1, waiting: 5)])
      _ = try await server.take("1", body: "hunter2-hunter2")
      _ = try await server.take("2", body: "hunter2-hunter2")
      return try await server.store.waitingFires(of: "f", trigger: "t", limit: 10)
    }
    #expect(fires.count == 1)
    for fire in fires {
      #expect(!String(decoding: fire.payload ?? [], as: UTF8.self).contains("hunter2"))
    }
  }
}

extension TriggerReceipt {
  /// For comparing.
  var word: String {
    switch self {
    case .started(let drivers): "started \(drivers.count)"
    case .waiting: "waiting"
    case .skipped: "skipped"
    case .failed(let code, _): "failed \(code)"
    case .full: "full"
    case .duplicate: "duplicate"
    }
  }
}
