import Engine
import Seams
import Testing
import Timekeeping

extension StoreScenario {
  private static let run = RunID("run-1")

  /// A new run that an event started, and how its trigger goes on.
  private static func creation(_ run: RunID, _ fire: TriggerFire, _ next: StoredTrigger? = nil)
    -> JournalAppend
  {
    var append = Samples.creation(run)
    append.fire = fire
    append.trigger = next
    return append
  }

  /// The place of an event in the history, of which there are two in each second.
  private static func position(_ number: Int, of trigger: String, flow: String)
    -> FireQuery.Position
  {
    FireQuery.Position(
      intended: Samples.start + .seconds(number / 2),
      flow: flow,
      trigger: trigger,
      identity: "\(number)"
    )
  }

  static let fires: [StoreScenario] = [
    StoreScenario("a run, its event and its trigger become durable together") { open in
      let store = try open(Samples.owner)
      var trigger = Samples.trigger("tick")
      try await store.saveTriggers([trigger])
      trigger.due = Samples.start + .seconds(60)
      trigger.last = Samples.start
      trigger.sealed = [1]
      var fire = Samples.fire("1")
      try await store.append(creation(run, fire, trigger))
      fire.run = run
      let fires = try await store.fires(matching: FireQuery())
      let found = try await store.trigger("tick", of: "onboard")
      #expect(fires == [fire] && found == trigger)
    },
    StoreScenario("an event starts one run, and a refusal writes nothing") { open in
      let store = try open(Samples.owner)
      var trigger = Samples.trigger("tick")
      try await store.saveTriggers([trigger])
      try await store.append(creation(run, Samples.fire("1")))
      trigger.due = Samples.start
      let second = RunID("run-2")
      let kind = await failureKind { () async throws(StoreFailure) in
        try await store.append(creation(second, Samples.fire("1"), trigger))
      }
      #expect(kind == .fired)
      let record = try await store.run(second)
      let entries = try await store.journal(of: second)
      let found = try await store.trigger("tick", of: "onboard")
      #expect(record == nil && entries.isEmpty && found?.due == nil)
      try await store.append(creation(second, Samples.fire("1", of: "other")))
      try await store.append(creation(RunID("run-3"), Samples.fire("1", flow: "other")))
    },
    StoreScenario("only one of many runs is started by an event") { open in
      let store = try open(Samples.owner)
      let started = await withTaskGroup { group in
        for number in 0..<20 {
          group.addTask {
            await failureKind { () async throws(StoreFailure) in
              try await store.append(creation(RunID("run-\(number)"), Samples.fire("1")))
            }
          }
        }
        return await group.reduce(0) { $0 + ($1 == nil ? 1 : 0) }
      }
      #expect(started == 1)
    },
    StoreScenario("an event stays taken when its run is deleted") { open in
      let store = try open(Samples.owner)
      try await store.append(creation(run, Samples.fire("1")))
      _ = try await store.deleteRun(run)
      let kind = await failureKind { () async throws(StoreFailure) in
        try await store.append(creation(RunID("run-2"), Samples.fire("1")))
      }
      #expect(kind == .fired)
    },
    StoreScenario("an event that started no run may start one later") { open in
      let store = try open(Samples.owner)
      let states: [(TriggerFire.Status, String?)] = [
        (.waiting, nil), (.skipped, "Missed"), (.failed, "NotFound"),
      ]
      for (index, (status, code)) in states.enumerated() {
        var fire = Samples.fire("\(index)", status: status)
        fire.code = code
        fire.payload = [7]
        let isNew = try await store.recordFire(fire, advancing: nil, releasing: [])
        #expect(isNew)
        try await store.append(creation(RunID("run-\(index)"), Samples.fire("\(index)")))
      }
      let fires = try await store.fires(matching: FireQuery())
      #expect(fires.map(\.identity) == ["2", "1", "0"])
      #expect(fires.allSatisfy { $0.status == .succeeded && $0.code == nil && $0.payload == nil })
      let waiting = try await store.waitingFires(of: nil, trigger: nil, limit: 9)
      #expect(waiting.isEmpty)
    },
    StoreScenario("an event without a run is recorded once, whole, and its trigger moves on") {
      open in
      let store = try open(Samples.owner)
      var trigger = Samples.trigger("tick")
      try await store.saveTriggers([trigger])
      trigger.due = Samples.start + .seconds(60)
      var fire = Samples.fire("1", status: .failed)
      fire.actual = fire.intended + .seconds(2)
      fire.code = "é🙂"
      fire.error = "{}"
      fire.payload = []
      let isNew = try await store.recordFire(fire, advancing: trigger, releasing: [])
      trigger.due = nil
      let isAgain = try await store.recordFire(Samples.fire("1"), advancing: trigger, releasing: [])
      #expect([isNew, isAgain] == [true, false])
      let fires = try await store.fires(matching: FireQuery())
      let found = try await store.trigger("tick", of: "onboard")
      #expect(fires == [fire] && found?.due == Samples.start + .seconds(60))
    },
    StoreScenario("moving on neither resumes, nor undoes a change, nor brings back") { open in
      let store = try open(Samples.owner)
      var stored = Samples.trigger("tick")
      stored.isPaused = true
      stored.enabled = Samples.start + .seconds(9)
      var changed = Samples.trigger("changed")
      changed.fingerprint = "new"
      try await store.saveTriggers([stored, changed])
      for name in ["tick", "changed", "gone"] {
        var next = Samples.trigger(name)
        next.due = Samples.start
        try await store.append(creation(RunID(name), Samples.fire("1", of: name), next))
      }
      stored.due = Samples.start
      let found = try await store.triggers()
      #expect(found == [changed, stored])
    },
    StoreScenario("history is newest first and filtered") { open in
      let store = try open(Samples.owner)
      for number in 0..<12 {
        var fire = Samples.fire(
          "\(number)",
          of: number % 3 == 0 ? "third" : "tick",
          flow: number.isMultiple(of: 2) ? "even" : "odd",
          status: TriggerFire.Status.allCases[number % 4]
        )
        fire.intended = Samples.start + .seconds(number / 2)
        _ = try await store.recordFire(fire, advancing: nil, releasing: [])
      }
      let start = Samples.start
      let lists: [(FireQuery, [Int])] = [
        (FireQuery(), Array((0..<12).reversed())),
        (FireQuery(limit: 3), [11, 10, 9]),
        (FireQuery(limit: 0), []),
        (FireQuery(flow: "odd", limit: 2), [11, 9]),
        (FireQuery(flow: "even", trigger: "third"), [6, 0]),
        (FireQuery(trigger: "third"), [9, 6, 3, 0]),
        (FireQuery(flow: "none"), []),
        (FireQuery(statuses: [.waiting, .failed], limit: 3), [11, 9, 7]),
        (FireQuery(flow: "odd", trigger: "tick", statuses: [.failed]), [11, 7]),
        (FireQuery(since: start + .seconds(4), until: start + .seconds(5)), [9, 8]),
        (FireQuery(flow: "odd", identity: "7"), [7]),
        (FireQuery(flow: "even", identity: "7"), []),
        (FireQuery(after: position(7, of: "tick", flow: "odd"), limit: 2), [6, 5]),
        (FireQuery(after: position(6, of: "third", flow: "even"), limit: 1), [5]),
        (FireQuery(after: position(7, of: "gone", flow: "odd"), limit: 2), [5, 4]),
      ]
      for (query, expected) in lists {
        let found = try await store.fires(matching: query).compactMap { Int($0.identity) }
        #expect(found == expected, "\(query)")
      }
    },
    StoreScenario("events wait in the order of their arrival") { open in
      let store = try open(Samples.owner)
      for (index, identity) in ["c", "a", "b", "d"].enumerated() {
        let flow = identity == "b" ? "other" : "onboard"
        let trigger = identity == "a" ? "tock" : "tick"
        var fire = Samples.fire(identity, of: trigger, flow: flow, status: .waiting)
        fire.intended = Samples.start - .seconds(index)
        _ = try await store.recordFire(fire, advancing: nil, releasing: [])
      }
      _ = try await store.recordFire(
        Samples.fire("e", status: .skipped),
        advancing: nil,
        releasing: []
      )
      func waiting(_ flow: String?, _ trigger: String?, _ limit: Int = 9) async throws -> String {
        let found = try await store.waitingFires(of: flow, trigger: trigger, limit: limit)
        return found.map(\.identity).joined()
      }
      let all = try await [waiting(nil, nil), waiting("onboard", nil, 2), waiting("none", nil)]
      #expect(all == ["cabd", "ca", ""])
      let some = try await [waiting("onboard", "tick"), waiting(nil, "tick", 2)]
      #expect(some == ["cd", "cb"])
      let triggers = try await store.waitingTriggers().map { "\($0.flow).\($0.trigger)" }
      #expect(triggers == ["onboard.tick", "onboard.tock", "other.tick"])
    },
    StoreScenario("a waiting event is settled once, or forgotten") { open in
      let store = try open(Samples.owner)
      for identity in ["a", "b"] {
        let fire = Samples.fire(identity, status: .waiting)
        _ = try await store.recordFire(fire, advancing: nil, releasing: [])
      }
      let failed = Samples.fire("a", status: .failed)
      let a = Samples.fire("a", status: .waiting)
      let settled = try await store.settleFire(a, as: failed)
      let again = try await store.settleFire(a, as: nil)
      let forgotten = try await store.settleFire(Samples.fire("b", status: .waiting), as: nil)
      let unknown = try await store.settleFire(Samples.fire("c"), as: failed)
      #expect([settled, again, forgotten, unknown] == [true, false, true, false])
      let left = try await store.fires(matching: FireQuery())
      #expect(left == [failed])
      try await store.append(creation(run, Samples.fire("b")))
    },
    StoreScenario("old history is removed, except what waits") { open in
      let store = try open(Samples.owner)
      for (index, status) in TriggerFire.Status.allCases.enumerated() {
        for seconds in [0, 10] {
          var fire = Samples.fire("\(index)-\(seconds)", status: status)
          fire.intended = Samples.start + .seconds(seconds)
          _ = try await store.recordFire(fire, advancing: nil, releasing: [])
        }
      }
      let count = try await store.deleteFires(before: Samples.start + .seconds(10))
      let left = try await store.fires(matching: FireQuery(until: Samples.start + .seconds(10)))
      let all = try await store.fires(matching: FireQuery())
      #expect(count == 3 && left.map(\.status) == [.waiting] && all.count == 5)
    },
  ]
}
