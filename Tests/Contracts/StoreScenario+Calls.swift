import Engine
import Seams
import Testing
import Timekeeping

extension StoreScenario {
  private static let limit = CallLimit(calls: 2, renewalPeriod: .seconds(10))

  private static func at(_ seconds: Double) -> Timestamp {
    Samples.start + Duration(ticks: Int64(seconds * 10_000_000))
  }

  private static func take(_ store: any Store, _ seconds: Double, gate: String = "sms") async throws
    -> CallPermit
  {
    try await store.takeCall(through: gate, limit: limit, now: at(seconds))
  }

  /// The number of a granted call.
  private static func grant(_ store: any Store, _ seconds: Double) async throws -> Int64 {
    guard case .granted(let call) = try await take(store, seconds) else {
      throw StoreFailure(.busy, "the window is full at \(seconds)")
    }
    return call
  }

  static let calls: [StoreScenario] = [
    StoreScenario("an unsettled call leaves one second and one period after its grant") { open in
      let store = try open(Samples.owner)
      _ = try await grant(store, 0)
      _ = try await grant(store, 4)
      let early = try await take(store, 10.9999999)
      #expect(early == .full(until: at(11)))
      _ = try await grant(store, 11)
      let next = try await take(store, 14.9999999)
      #expect(next == .full(until: at(15)))
      _ = try await grant(store, 15)
    },
    StoreScenario("the calls of a window can be counted") { open in
      let store = try open(Samples.owner)
      _ = try await grant(store, 0)
      let second = try await grant(store, 4)
      try await store.settleCall(second, at: at(4.5))
      var counts: [Int] = []
      for time in [0, 1, 4.4999999, 4.5] {
        counts.append(try await store.callCount(through: "sms", after: at(time)))
      }
      let others = try await store.callCount(through: "mail", after: at(0))
      #expect(counts == [2, 1, 1, 0] && others == 0)
    },
    StoreScenario("a settled call leaves one period after it settled") { open in
      let store = try open(Samples.owner)
      let first = try await grant(store, 0)
      let second = try await grant(store, 0)
      try await store.settleCall(first, at: at(0.25))
      try await store.settleCall(second, at: at(3))
      let early = try await take(store, 10.2499999)
      #expect(early == .full(until: at(10.25)))
      _ = try await grant(store, 10.25)
      let next = try await take(store, 12)
      #expect(next == .full(until: at(13)))
    },
    StoreScenario("a call that settles after it left counts again") { open in
      let store = try open(Samples.owner)
      let slow = try await grant(store, 0)
      _ = try await grant(store, 20)
      try await store.settleCall(slow, at: at(21))
      let full = try await take(store, 22)
      #expect(full == .full(until: at(31)))
    },
    StoreScenario("gates are independent, and settling an unknown call changes nothing") { open in
      let store = try open(Samples.owner)
      _ = try await grant(store, 0)
      _ = try await grant(store, 0)
      try await store.settleCall(999, at: at(0))
      let full = try await take(store, 1)
      #expect(full == .full(until: at(11)))
      guard case .granted = try await take(store, 1, gate: "email 🙂") else {
        Issue.record("the other gate is full")
        return
      }
    },
    StoreScenario("a lower limit waits for enough calls to leave") { open in
      let store = try open(Samples.owner)
      _ = try await grant(store, 0)
      _ = try await grant(store, 3)
      let lower = CallLimit(calls: 1, renewalPeriod: .seconds(10))
      let full = try await store.takeCall(through: "sms", limit: lower, now: at(4))
      #expect(full == .full(until: at(14)))
    },
    StoreScenario("concurrent callers of two processes never exceed the limit") { open in
      let stores = [try open(Samples.owner), try open(OwnerID("process-2"))]
      let granted = try await withThrowingTaskGroup { group in
        for number in 0..<40 {
          group.addTask { try await take(stores[number % 2], 0) }
        }
        return try await group.reduce(0) { $0 + ($1 == .full(until: at(11)) ? 0 : 1) }
      }
      #expect(granted == 2)
    },
    StoreScenario("calls from before a clock was set back count from when that is seen") { open in
      let store = try open(Samples.owner)
      _ = try await grant(store, 3600)
      let settled = try await grant(store, 3600)
      try await store.settleCall(settled, at: at(3600.5))
      let full = try await take(store, 0)
      #expect(full == .full(until: at(11)))
      let early = try await take(store, 10.9999999)
      #expect(early == .full(until: at(11)))
      _ = try await grant(store, 11)
      _ = try await grant(store, 11)
    },
    StoreScenario("who asks by a time that is past, because of a slow disk, sets no call back") {
      open in
      let store = try open(Samples.owner)
      _ = try await grant(store, 9)
      _ = try await grant(store, 9)
      let late = try await take(store, 0)
      #expect(late == .full(until: at(20)))
      let early = try await take(store, 19.9)
      #expect(early == .full(until: at(20)))
    },
    StoreScenario("the window survives reopening") { open in
      let first = try open(Samples.owner)
      _ = try await grant(first, 0)
      let call = try await grant(first, 0)
      await first.close()
      let second = try open(OwnerID("process-2"))
      let full = try await take(second, 1)
      #expect(full == .full(until: at(11)))
      try await second.settleCall(call, at: at(0.5))
      _ = try await grant(second, 10.5)
    },
  ]
}
