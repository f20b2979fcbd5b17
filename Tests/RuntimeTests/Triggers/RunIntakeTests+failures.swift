import Engine
import OrderedJSON
import Runtime
import Seams
import Simulation
import Synchronization
import Testing
import Timekeeping

/// Events around a disk that fails, or answers late, and copies of them.
extension RunIntakeTests {
  @Test func `a run gives way once it is over, although its process was told that it is not`()
    throws
  {
    let world = IntakeWorld(latency: .seconds(10))
    let bodies = try world.run {
      let failures = Mutex(0)
      let hooks = StoreHooks(afterAppend: { append throws(StoreFailure) in
        let isEnd = append.entries.contains { $0.kind == "runEnded" }
        guard isEnd,
          failures.withLock({ failures in
            failures += 1
            return failures == 1
          })
        else { return }
        throw StoreFailure(.io, "the disk failed, after it wrote")
      })
      let server = try await world.server(["f": Self.limited(1, waiting: 3)], hooks: hooks)
      for number in 1...2 { _ = try await server.take("\(number)", body: .integer(Int64(number))) }
      try await world.base.clock.sleep(until: world.base.clock.now() + .seconds(200))
      return try await server.bodies()
    }
    #expect(bodies == [1, 2])
  }

  /// Fails the first writing of an event, before or after it is done, and takes its time.
  private static func failingOnce(after: Bool, _ clock: any Clock) -> StoreHooks {
    let count = Mutex(0)
    let fail = { @Sendable () async throws(StoreFailure) in
      let number = count.withLock { count in
        count += 1
        return count
      }
      guard number == 1 else { return }
      try? await clock.pause(for: .seconds(1))
      throw StoreFailure(.io, "the disk failed")
    }
    return after ? StoreHooks(afterFire: fail) : StoreHooks(beforeFire: fail)
  }

  @Test(arguments: [true, false])
  func `what seemed not to be written and was is started without being told again`(split: Bool)
    throws
  {
    let world = IntakeWorld(latency: .seconds(10))
    let flow = split ? IntakeWorld.flow(["splitOn": "@triggerBody()"]) : Self.limited(1, waiting: 3)
    let bodies = try world.run {
      let hooks = Self.failingOnce(after: true, world.base.clock)
      let server = try await world.server(["f": flow], hooks: hooks)
      if !split { _ = try await server.take("1", body: 1) }
      await #expect(throws: RuntimeFailure.self) {
        _ = try await server.take("2", body: split ? [1, 2] : 2)
      }
      try await world.base.clock.sleep(until: world.base.clock.now() + .seconds(100))
      return try await server.bodies()
    }
    #expect(bodies.map(\.text).sorted() == ["1", "2"])
  }

  @Test func `an event whose copy finds it in the store is started`() throws {
    let world = IntakeWorld()
    let clock = world.base.clock
    let (words, bodies) = try world.run {
      var hooks = Self.failingOnce(after: true, clock)
      hooks.afterAccess = { try? await clock.pause(for: .seconds(1)) }
      let flow = IntakeWorld.flow([
        "splitOn": "@triggerBody()", "runtimeConfiguration": ["concurrency": ["runs": 2]],
      ])
      let server = try await world.server(["f": flow], hooks: hooks)
      async let first = server.take("1", body: [1, 2])
      async let second = server.take("1", body: [1, 2])
      let words = [(try? await first)?.word ?? "failed", (try? await second)?.word ?? "failed"]
      try await clock.sleep(until: clock.now() + .seconds(100))
      return (words, try await server.bodies())
    }
    #expect(words.sorted() == ["duplicate", "failed"])
    #expect(Set(bodies) == [1, 2])
  }

  @Test func `a copy of a split event that comes as the event is forgotten waits for nothing`()
    throws
  {
    let world = IntakeWorld()
    let clock = world.base.clock
    let counts = Mutex((begun: 0, done: 0))
    // The first is the event, which was written; the second forgets it, and is heard of late; the
    // third is its copy, and the fourth cannot forget that.
    let hooks = StoreHooks(
      beforeFire: { () throws(StoreFailure) in
        let number = counts.withLock { counts in
          counts.begun += 1
          return counts.begun
        }
        if number == 4 { throw StoreFailure(.io, "the disk failed") }
      },
      afterFire: { () throws(StoreFailure) in
        let number = counts.withLock { counts in
          counts.done += 1
          return counts.done
        }
        switch number {
        case 1: throw StoreFailure(.io, "the disk failed, after it wrote")
        case 2: try? await clock.pause(for: .seconds(10))
        default: break
        }
      }
    )
    let (word, left, bodies) = try world.run {
      let flow = IntakeWorld.flow(["splitOn": "@triggerBody()"])
      let server = try await world.server(["f": flow], hooks: hooks)
      await #expect(throws: RuntimeFailure.self) { _ = try await server.take("1", body: [1, 2]) }
      try await clock.sleep(until: clock.now() + .seconds(1))
      let word = try await server.take("1", body: [1, 2]).word
      try await clock.sleep(until: clock.now() + .seconds(100))
      let left = try await server.store.waitingFires(of: "f", trigger: "t", limit: 10)
      return (word, left.map(\.identity), try await server.bodies())
    }
    #expect(word == "waiting")
    #expect(left == [])
    #expect(Set(bodies) == [1, 2])
    #expect(bodies.count == 2)
  }

  @Test func `a copy is accepted only once the event is durable`() throws {
    let world = IntakeWorld(latency: .seconds(10))
    let (words, bodies) = try world.run {
      let hooks = Self.failingOnce(after: false, world.base.clock)
      let server = try await world.server(["f": Self.limited(1, waiting: 3)], hooks: hooks)
      _ = try await server.take("1", body: 1)
      async let first = server.take("2", body: 2)
      async let second = server.take("2", body: 2)
      let words = [(try? await first)?.word ?? "failed", (try? await second)?.word ?? "failed"]
      try await world.base.clock.sleep(until: world.base.clock.now() + .seconds(100))
      return (words, try await server.bodies())
    }
    #expect(words.sorted() == ["failed", "waiting"])
    #expect(bodies == [1, 2])
  }

  @Test func `an event that arrives as the store is asked for waiting ones is not forgotten`()
    throws
  {
    let world = IntakeWorld(latency: .seconds(10))
    let clock = world.base.clock
    let start = clock.now()
    let bodies = try world.run {
      // The run ends at about ten seconds; what is read then is heard of two seconds later.
      let isSlow = { @Sendable in clock.now() > start + .seconds(9) }
      let hooks = StoreHooks(
        beforeFire: { () throws(StoreFailure) in
          if isSlow() { try? await clock.pause(for: .seconds(1)) }
        },
        afterAccess: { if isSlow() { try? await clock.pause(for: .seconds(2)) } }
      )
      let server = try await world.server(["f": Self.limited(1, waiting: 3)], hooks: hooks)
      _ = try await server.take("1", body: 1)
      try await clock.sleep(until: start + .milliseconds(9500))
      #expect(try await server.take("2", body: 2).word == "waiting")
      try await clock.sleep(until: start + .seconds(100))
      return try await server.bodies()
    }
    #expect(bodies == [1, 2])
  }
}
