import Engine
import Seams
import Testing
import Timekeeping

extension StoreScenario {
  private static func flow(_ name: String, _ seconds: Int = 0) -> StoredFlow {
    let changed = Samples.start + .seconds(seconds)
    return StoredFlow(name: name, planHash: Samples.plan.hash, isEnabled: true, changed: changed)
  }

  private static func message(_ id: String, _ partition: String = "p", batch: String = "b")
    -> BatchMessage
  {
    BatchMessage(
      flow: "onboard",
      trigger: "gather",
      batch: batch,
      partition: partition,
      id: id,
      arrived: Samples.start,
      sealed: Array(id.utf8)
    )
  }

  static let triggers: [StoreScenario] = [
    StoreScenario("served flows are saved, replaced, listed by name and deleted") { open in
      let store = try open(Samples.owner)
      try await store.saveFlows([flow("b"), flow("a"), flow("é")], plans: [Samples.plan])
      var changed = flow("a", 5)
      changed.isEnabled = false
      try await store.saveFlows([changed], plans: [])
      let found = try await store.flows()
      #expect(found == [changed, flow("b"), flow("é")])
      let plan = try await store.plan(Samples.plan.hash)
      #expect(plan == Samples.plan)
      let deleted = try await store.deleteFlow("b")
      let again = try await store.deleteFlow("b")
      #expect([deleted, again] == [true, false])
      let left = try await store.flows()
      #expect(left.map(\.name) == ["a", "é"])
    },
    StoreScenario("a served flow needs its plan, or nothing is saved") { open in
      let store = try open(Samples.owner)
      var lost = flow("lost")
      lost.planHash = "elsewhere"
      let kind = await failureKind { () async throws(StoreFailure) in
        try await store.saveFlows([flow("a"), lost], plans: [Samples.plan])
      }
      #expect(kind == .notFound)
      let found = try await store.flows()
      let plan = try await store.plan(Samples.plan.hash)
      #expect(found.isEmpty && plan == nil)
    },
    StoreScenario("triggers are saved, replaced and listed by flow and name") { open in
      let store = try open(Samples.owner)
      var full = Samples.trigger("tick", of: "b")
      full.due = Samples.start + .seconds(60)
      full.last = Samples.start
      full.sealed = []
      full.isPaused = true
      let plain = [Samples.trigger("x", of: "a"), Samples.trigger("tick", of: "a")]
      try await store.saveTriggers(plain + [full])
      let found = try await store.triggers()
      #expect(found == [plain[1], plain[0], full])
      full.due = nil
      full.fingerprint = "other"
      try await store.saveTriggers([full])
      let one = try await store.trigger("tick", of: "b")
      let none = try await store.trigger("tick", of: "c")
      #expect(one == full && none == nil)
      try await store.saveTriggers([])
    },
    StoreScenario("a flow forgets the triggers that it no longer has") { open in
      let store = try open(Samples.owner)
      let all = ["a", "b", "c"].flatMap { name in
        ["f", "g"].map { Samples.trigger(name, of: $0) }
      }
      try await store.saveTriggers(all)
      try await store.deleteTriggers(of: "f", except: ["b", "unknown"])
      let found = try await store.triggers()
      #expect(found.map { "\($0.flow).\($0.trigger)" } == ["f.b", "g.a", "g.b", "g.c"])
    },
    StoreScenario("messages of a batch come oldest first, each id once in its partition") { open in
      let store = try open(Samples.owner)
      try await store.addMessages([message("1"), message("2"), message("1"), message("1", "q")])
      try await store.addMessages([message("2"), message("3"), message("1", batch: "c")])
      let found = try await store.messages(of: "gather", of: "onboard", limit: 2)
      let spelled = found.map { "\($0.batch)\($0.partition)\($0.id)" }
      #expect(spelled == ["bp1", "bp2", "bq1", "cp1"])
      #expect(found.map(\.sealed) == ["1", "2", "1", "1"].map { Array($0.utf8) })
      #expect(found.map(\.key) == found.map(\.key).sorted())
      let others = try await store.messages(of: "gather", of: "other", limit: 9)
      #expect(others.isEmpty)
    },
    StoreScenario("a released message may come again") { open in
      let store = try open(Samples.owner)
      try await store.addMessages([message("1"), message("2")])
      let keys = try await store.messages(of: "gather", of: "onboard", limit: 9).map(\.key)
      try await store.deleteMessages(keys + [99])
      try await store.addMessages([message("1")])
      let found = try await store.messages(of: "gather", of: "onboard", limit: 9)
      #expect(found.map(\.id) == ["1"] && !keys.contains(found[0].key))
    },
    StoreScenario("a step sends its message once, also when that was released") { open in
      let store = try open(Samples.owner)
      var sent = message("1")
      sent.sender = "step"
      try await store.addMessages([sent, message("2")])
      let keys = try await store.messages(of: "gather", of: "onboard", limit: 9).map(\.key)
      try await store.deleteMessages(keys)
      var other = message("3")
      other.sender = "another step"
      try await store.addMessages([sent, other, message("2")])
      let found = try await store.messages(of: "gather", of: "onboard", limit: 9)
      #expect(found.map(\.id) == ["3", "2"])
      let history = try await store.fires(matching: FireQuery(flow: "onboard"))
      #expect(history.isEmpty)
    },
    StoreScenario("a run takes its messages with it") { open in
      let store = try open(Samples.owner)
      try await store.addMessages([message("1"), message("2"), message("3")])
      let keys = try await store.messages(of: "gather", of: "onboard", limit: 2).map(\.key)
      var append = Samples.creation(RunID("r"))
      append.releasedMessages = keys
      try await store.append(append)
      let left = try await store.messages(of: "gather", of: "onboard", limit: 9)
      #expect(left.map(\.id) == ["3"])
      let fire = Samples.fire("1", status: .failed)
      _ = try await store.recordFire(fire, advancing: nil, releasing: left.map(\.key))
      let none = try await store.messages(of: "gather", of: "onboard", limit: 9)
      #expect(none.isEmpty)
    },
  ]
}
