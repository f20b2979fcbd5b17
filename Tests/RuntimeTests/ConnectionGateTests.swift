import Definitions
import Engine
import HTTPMessages
import OrderedJSON
import Runtime
import Seams
import Simulation
import Synchronization
import Testing
import Timekeeping

@Suite struct ConnectionGateTests {
  /// The most arrivals in any window of a length.
  private func most(_ times: [Timestamp], in window: Duration) -> Int {
    times.indices.map { start in
      times[start...].prefix { $0 < times[start] + window }.count
    }.max() ?? 0
  }

  @Test(arguments: [Duration.zero, .milliseconds(20), .milliseconds(900)])
  func `150 calls at 100 a minute take the shortest time and never exceed the limit`(
    latency: Duration
  ) throws {
    let world = SimulatedWorld { request, _ in
      .respond(IdentityService.answer(request), after: latency)
    }
    let flow = try SimulatedWorld.sampleFlow("create-many")
    let state = try world.executor.run { try await world.process("a").start(flow).end() }
    #expect(state.status == .succeeded)
    let times = world.arrivalTimes
    #expect(times.count == 150)
    #expect(most(times, in: .seconds(60)) == 100)
    let spent = times[149] - times[0]
    // Fifty at a time: the last call of the first hundred leaves one latency after the first.
    #expect(spent >= .seconds(60))
    #expect(spent <= .seconds(60) + latency * 4)
  }

  @Test func `calls that the disk holds back behind the gate do not leave together`() throws {
    let world = SimulatedWorld { request, _ in .respond(IdentityService.answer(request)) }
    let flow = try SimulatedWorld.sampleFlow("create-many")
    let clock = world.clock
    let count = Mutex(0)
    let hooks = StoreHooks(beforeAppend: { append throws(StoreFailure) in
      guard append.entries.first?.kind == "departed" else { return }
      let number = count.withLock { count in
        count += 1
        return count
      }
      if number == 1 { try? await clock.pause(for: .seconds(70)) }
    })
    let state = try world.executor.run {
      let key = "Repeatability-Request-ID"
      return try await world.process("a", hooks: hooks, idempotencyHeader: key).start(flow).end()
    }
    #expect(state.status == .succeeded)
    #expect(world.arrivalTimes.count == 150)
    #expect(most(world.arrivalTimes, in: .seconds(60)) == 100)
  }

  @Test func `the limit holds across a restart`() throws {
    let world = SimulatedWorld { request, _ in .respond(IdentityService.answer(request)) }
    let flow = try SimulatedWorld.sampleFlow("create-many")
    try world.executor.run {
      let first = world.process("first")
      _ = try await first.start(flow, input: ["count": 80]).end()
      await first.environment.store.close()
      _ = try await world.process("second").start(flow, input: ["count": 80]).end()
    }
    #expect(world.arrivalTimes.count == 160)
    #expect(most(world.arrivalTimes, in: .seconds(60)) == 100)
  }

  @Test func `two processes share one window`() throws {
    let world = SimulatedWorld { request, _ in .respond(IdentityService.answer(request)) }
    let flow = try SimulatedWorld.sampleFlow("create-many")
    try world.executor.run {
      async let first = world.process("first").start(flow, input: ["count": 90]).end()
      async let second = world.process("second").start(flow, input: ["count": 90]).end()
      _ = try await (first, second)
    }
    #expect(world.arrivalTimes.count == 180)
    #expect(most(world.arrivalTimes, in: .seconds(60)) == 100)
  }

  @Test func `an answer with Retry-After closes the gate for everybody`() throws {
    let world = SimulatedWorld { request, number in
      number == 5
        ? .respond(HTTPResponse(status: 429, headers: ["Retry-After": "30"]))
        : .respond(IdentityService.answer(request), after: .seconds(1))
    }
    let flow = try SimulatedWorld.sampleFlow("create-many")
    let state = try world.executor.run {
      try await world.process("a").start(flow, input: ["count": 60]).end()
    }
    #expect(state.status == .succeeded)
    let times = world.arrivalTimes
    let closed = times[4]
    // What had passed the gate before the answer came is under way already.
    #expect(!times.contains { $0 > closed && $0 < closed + .seconds(30) })
    #expect(times.count == 61)
  }

  @Test(
    arguments: [
      ([-3600, 3600], 62), ([3600, -3600], 62), ([3600], 62), ([-3600], 123),
    ] as [([Int64], Int64)]
  )
  func `the limit holds while the clock is set, and no call waits until it is that late again`(
    steps: [Int64],
    longest: Int64
  ) throws {
    let world = SimulatedWorld { request, _ in .respond(IdentityService.answer(request)) }
    let flow = try SimulatedWorld.sampleFlow("create-many")
    try world.executor.run {
      let run = try await world.process("a").start(flow)
      for step in steps {
        try await world.clock.pause(for: .seconds(10))
        world.clock.step(by: .seconds(step))
      }
      _ = try await run.end()
    }
    let times = world.elapsedArrivals
    #expect(times.count == 150)
    #expect(most(times, in: .seconds(60)) == 100)
    #expect(times[149] - times[0] <= .seconds(longest))
  }

  @Test func `a gate that the service closed opens although the clock is set back`() throws {
    let world = SimulatedWorld { request, number in
      number == 5
        ? .respond(HTTPResponse(status: 429, headers: ["Retry-After": "30"]))
        : .respond(IdentityService.answer(request), after: .seconds(1))
    }
    let flow = try SimulatedWorld.sampleFlow("create-many")
    try world.executor.run {
      let run = try await world.process("a").start(flow, input: ["count": 60])
      try await world.clock.pause(for: .seconds(10))
      world.clock.step(by: .seconds(-3600))
      _ = try await run.end()
    }
    let times = world.elapsedArrivals
    let closed = times[4]
    #expect(!times.contains { $0 > closed && $0 < closed + .seconds(30) })
    // The call that was refused waits for the time that its run has written down.
    #expect(times.count { $0 < closed + .seconds(65) } == 60)
  }

  @Test(arguments: [Duration.zero, .milliseconds(20), .milliseconds(900)])
  func `runs take turns at the gate`(latency: Duration) throws {
    let world = SimulatedWorld { request, _ in
      .respond(IdentityService.answer(request), after: latency)
    }
    let many = try SimulatedWorld.sampleFlow("create-many")
    let one = try SimulatedWorld.sampleFlow("onboard-user")
    let (long, short) = try world.executor.run {
      let process = world.process("a")
      let long = try await process.start(many, input: ["count": 400])
      try await process.environment.clock.sleep(until: world.clock.now() + .seconds(1))
      let short = try await process.start(one)
      return (try await long.end(), try await short.end())
    }
    // The short run does not wait behind the 300 calls that the long one still has to make.
    let start = short.started?.time ?? world.clock.now()
    #expect((short.endTime ?? world.clock.now()) - start < .seconds(62) + latency * 4)
    #expect((long.endTime ?? start) - start > .seconds(175))
    // 404 calls take five windows, however they are shared.
    #expect((long.endTime ?? start) - start < .seconds(250))
  }

  @Test func `the record tells how long a step waited at the gate`() throws {
    let world = SimulatedWorld { request, _ in .respond(IdentityService.answer(request)) }
    let flow = try SimulatedWorld.sampleFlow("create-many")
    let state = try world.executor.run {
      try await world.process("a").start(flow, input: ["count": 101]).end()
    }
    let waits = (RunView.document(state)["actions"]?.arrayValue ?? []).compactMap {
      $0["attempts"]?[0]?["waitedForThrottle"]?.doubleValue
    }
    #expect(waits.filter { $0 > 0 }.count == 1)
    #expect((waits.max() ?? 0) >= 60)
  }
}
