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

/// What crashes, several servers, failing stores and clocks do to timers.
@Suite struct TriggerBookCrashTests: TriggerBookSuite {
  // MARK: Crashes

  @Test(arguments: Array(1...9), [false, true])
  func `a crash at any write loses no fire and doubles none`(write: Int, after: Bool) throws {
    let world = IntakeWorld()
    let clock = world.base.clock
    try world.run {
      let flows = [
        "f": IntakeWorld.flow(Self.hourly(["metadata": ["missedFires": "all"]])),
        "g": IntakeWorld.flow(
          Self.hourly([
            "metadata": ["missedFires": "all"],
            "runtimeConfiguration": ["concurrency": ["runs": 1]],
          ])
        ),
        "w": IntakeWorld.flow(
          Self.hourly(["type": "SlidingWindow", "inputs": ["delay": "PT60S"]])
        ),
      ]
      let dying = DyingProcess(at: write, after: after)
      let first = try await world.server(flows, as: "a", hooks: dying.hooks)
      try? await Self.live(Self.book(first), clock, until: Self.hour(3))
      await first.store.close()
      let second = try await world.server(flows, as: "b")
      try await second.intake.recover()
      try await Self.live(Self.book(second), clock, until: Self.hour(5, 120))
      let fires = try await Self.history(second)
      for flow in ["f", "g"] {
        let made = fires.filter { $0.flow == flow && $0.status == .succeeded }.map(\.intended)
        #expect(made.sorted() == (0...5).map { Self.hour($0) }, "\(flow)")
      }
      let windows = fires.filter { $0.flow == "w" && $0.status == .succeeded }.map(\.intended)
      #expect(windows.sorted() == (1...5).map { Self.hour($0, 60) })
      let runs = try await second.store.runs(matching: RunQuery())
      #expect(runs.count == 17)
    }
  }

  @Test func `two books on one store start one run for each time`() throws {
    let world = IntakeWorld()
    let clock = world.base.clock
    try world.run {
      let flows = ["f": IntakeWorld.flow(Self.hourly()), "g": IntakeWorld.flow(Self.hourly())]
      let first = try await world.server(flows, as: "a")
      let second = try await world.server(flows, as: "b")
      try await withThrowingTaskGroup(of: Void.self) { group in
        for server in [first, second] {
          group.addTask {
            try await Self.live(Self.book(server), clock, until: Self.hour(20, 1))
          }
        }
        try await group.waitForAll()
      }
      let runs = try await first.store.runs(matching: RunQuery())
      #expect(runs.count == 42)
      let fires = try await Self.history(first)
      #expect(fires.count == 42 && fires.allSatisfy { $0.status == .succeeded })
    }
  }

  @Test func `what the store cannot take now is tried again until it can`() throws {
    let world = IntakeWorld()
    let clock = world.base.clock
    try world.run {
      let isFull = Mutex(true)
      let box = Box(isFull: isFull)
      let hooks = StoreHooks(beforeAppend: { _ throws(StoreFailure) in
        if box.isFull.withLock({ $0 }) { throw StoreFailure(.diskFull, "the disk is full") }
      })
      let server = try await world.server(["f": IntakeWorld.flow(Self.hourly())], hooks: hooks)
      try await Self.live(Self.book(server), clock, until: Self.hour(1)) {
        try await clock.sleep(until: Self.hour(0, 40))
        box.isFull.withLock { $0 = false }
      }
      let fires = try await Self.history(server)
      #expect(fires.first?.intended == Self.hour(0))
      #expect(fires.first?.status == .succeeded)
      #expect(
        fires.first.map { $0.lateness >= .seconds(40) && $0.lateness < .seconds(110) } == true
      )
    }
  }

  private final class Box: Sendable {
    let isFull: Mutex<Bool>
    init(isFull: consuming Mutex<Bool>) { self.isFull = isFull }
  }

  // MARK: Clocks

  @Test func `a clock that is set forward an hour too far and back again costs no fire`() throws {
    let world = IntakeWorld()
    let clock = world.base.clock
    try world.run {
      let flow = IntakeWorld.flow(
        Self.hourly(recurrence: ["frequency": "Minute", "interval": 10])
      )
      let server = try await world.server(["f": flow])
      let book = Self.book(server, longestSleep: .seconds(1))
      try await Self.live(book, clock, until: Self.hour(2, 1)) {
        try await clock.sleep(until: Self.hour(0, 605))
        clock.step(by: .seconds(3600))
        try await clock.pause(for: .seconds(30))
        clock.step(by: .seconds(-3600))
        try await clock.pause(for: .seconds(4000))
        clock.step(by: .seconds(-3600))
      }
      let fires = try await Self.history(server)
      let made = fires.filter { $0.run != nil }.map(\.intended)
      #expect(Set(made).count == made.count)
      #expect(made.sorted() == (0...12).map { Self.hour(0, $0 * 600) })
      #expect(fires.allSatisfy { $0.actual >= $0.intended })
      let missed = fires.filter { $0.code == "Missed" }.map(\.intended)
      #expect(missed == (2...6).map { Self.hour(0, $0 * 600) })
    }
  }

  @Test func `a clock that is set forward is noticed within a second`() throws {
    let world = IntakeWorld()
    let clock = world.base.clock
    try world.run {
      let server = try await world.server(["f": IntakeWorld.flow(Self.hourly())])
      let book = Self.book(server, longestSleep: .seconds(1))
      try await Self.live(book, clock, until: Self.hour(1, 10)) {
        try await clock.sleep(until: Self.hour(0, 1000))
        clock.step(by: .seconds(2600))
      }
      let late = try await Self.history(server).last?.lateness
      #expect(late.map { $0 <= .seconds(1) } == true)
    }
  }
}
