import Crypto
import Definitions
import Engine
import OrderedJSON
import Runtime
import Seams
import Simulation
import Synchronization
import Testing
import Timekeeping

/// When timers fire, and what becomes of times that were missed.
@Suite struct TriggerBookTests: TriggerBookSuite {
  // MARK: Firing

  @Test func `a timer starts one run at each of its times and records how late it was`() throws {
    let world = IntakeWorld()
    let clock = world.base.clock
    try world.run {
      let server = try await world.server(["f": IntakeWorld.flow(Self.hourly())])
      try await Self.live(Self.book(server), clock, until: Self.hour(5, 1))
      let fires = try await Self.history(server)
      #expect(fires.map(\.intended) == (0...5).map { Self.hour($0) })
      #expect(fires.allSatisfy { $0.status == .succeeded && $0.run != nil })
      #expect(fires.allSatisfy { $0.lateness >= .zero && $0.lateness < .seconds(1) })
      #expect(fires.map(\.identity) == fires.map(\.intended.description))
      let row = try await server.store.trigger("t", of: "f")
      #expect(row?.last == Self.hour(5) && row?.due == Self.hour(6))
    }
  }

  @Test func `a flow is made ready seconds before its timer is due`() throws {
    let world = IntakeWorld()
    let clock = world.base.clock
    try world.run {
      let late = ["startTime": "2026-01-01T01:00:00Z"] as JSONObject
      let server = try await world.server([
        "f": IntakeWorld.flow(Self.hourly(recurrence: late)), "g": IntakeWorld.flow([:]),
      ])
      let intake = Foresight(intake: server.intake, clock: clock)
      let book = TriggerBook(
        environment: server.process.environment,
        catalog: server.catalog,
        intake: intake
      )
      try await Self.live(book, clock, until: Self.hour(1, 1))
      let ready = intake.prepared.withLock { $0 }
      #expect(Set(ready.map(\.flow)) == ["f"])
      #expect(ready.allSatisfy { $0.time >= Self.hour(1) - .seconds(5) })
      #expect(ready.contains { $0.time < Self.hour(1) - .seconds(1) })
    }
  }

  /// Notes what is made ready, and when.
  private final class Foresight: TriggerIntake {
    let intake: RunIntake
    let clock: SimulatedClock
    let prepared = Mutex<[(flow: String, time: Timestamp)]>([])

    init(intake: RunIntake, clock: SimulatedClock) {
      self.intake = intake
      self.clock = clock
    }

    func take(_ occurrence: TriggerOccurrence) async throws(RuntimeFailure) -> TriggerReceipt {
      try await intake.take(occurrence)
    }

    func prepare(_ flow: ServedFlow) async {
      prepared.withLock { $0.append((flow.name, clock.now())) }
      await intake.prepare(flow)
    }
  }

  @Test func `a thousand timers of one instant all start in it`() throws {
    let world = IntakeWorld()
    let clock = world.base.clock
    try world.run {
      let flow = IntakeWorld.flow(Self.hourly(recurrence: ["startTime": "2026-01-01T01:00:00Z"]))
      let names = (0..<1000).map { "f\($0)" }
      let server = try await world.server(
        Dictionary(uniqueKeysWithValues: names.map { ($0, flow) })
      )
      try await Self.live(Self.book(server), clock, until: Self.hour(1, 1))
      let fires = try await Self.history(server)
      #expect(fires.count == 1000)
      #expect(fires.allSatisfy { $0.actual == Self.hour(1) })
    }
  }

  @Test func `a trigger without a start fires at once when new or changed, not after a restart`()
    throws
  {
    let world = IntakeWorld()
    let clock = world.base.clock
    try world.run {
      func timer(_ interval: Int64) -> JSON {
        IntakeWorld.flow([
          "type": "Recurrence",
          "recurrence": ["frequency": "Hour", "interval": .integer(interval)],
        ])
      }
      let first = try await world.server(["f": timer(2)], as: "a")
      try await Self.live(Self.book(first), clock, until: Self.hour(3))
      let second = try await world.server(["f": timer(2)], as: "b")
      try await Self.live(Self.book(second), clock, until: Self.hour(5))
      #expect(try await Self.history(second).map(\.intended) == [0, 2, 4].map { Self.hour($0) })
      let third = try await world.server(["f": timer(3)], as: "c")
      try await Self.live(Self.book(third), clock, until: Self.hour(9))
      let expected = [0, 2, 4, 5, 8].map { Self.hour($0) }
      #expect(try await Self.history(third).map(\.intended) == expected)
    }
  }

  // MARK: Missed times

  @Test(arguments: [("skip", [0, 4]), ("last", [0, 3, 4]), ("all", [0, 1, 2, 3, 4])])
  func `times missed while no server ran follow the policy and are recorded`(
    policy: String,
    fired: [Int]
  ) throws {
    let world = IntakeWorld()
    let clock = world.base.clock
    try world.run {
      let flow = IntakeWorld.flow(Self.hourly(["metadata": ["missedFires": .string(policy)]]))
      let first = try await world.server(["f": flow], as: "a")
      try await Self.live(Self.book(first), clock, until: Self.hour(0, 10))
      try await clock.sleep(until: Self.hour(3, 1800))
      let second = try await world.server(["f": flow], as: "b")
      try await Self.live(Self.book(second), clock, until: Self.hour(4, 10))
      let fires = try await Self.history(second)
      let runs = fires.filter { $0.run != nil }.map(\.intended).sorted()
      #expect(runs == fired.map { Self.hour($0) })
      let missed = fires.filter { $0.code == "Missed" }
      #expect(
        missed.map(\.intended) == (1...3).filter { !fired.contains($0) }.map { Self.hour($0) }
      )
      #expect(missed.allSatisfy { $0.status == .skipped && $0.actual == Self.hour(3, 1800) })
    }
  }

  @Test func `thousands of missed times are one entry`() throws {
    let world = IntakeWorld()
    let clock = world.base.clock
    try world.run {
      let flow = IntakeWorld.flow(Self.hourly(recurrence: ["frequency": "Minute"]))
      let first = try await world.server(["f": flow], as: "a")
      try await Self.live(Self.book(first), clock, until: Self.hour(0, 1))
      try await clock.sleep(until: Self.hour(100, 30))
      let second = try await world.server(["f": flow], as: "b")
      try await Self.live(Self.book(second), clock, until: Self.hour(100, 31))
      let missed = try await Self.history(second).filter { $0.code == "Missed" }
      #expect(missed.count == 1)
      #expect(missed.first?.error?.contains("5999 times") == true)
      #expect(missed.first?.intended == Self.hour(100) - .seconds(60))
    }
  }
}
