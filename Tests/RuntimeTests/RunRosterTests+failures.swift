import Definitions
import Engine
import HTTPMessages
import OrderedJSON
import Seams
import Simulation
import Synchronization
import Testing
import Timekeeping

@testable import Runtime

/// A store that fails for a while.
extension RunRosterTests {
  @Test func `a run goes on when the store takes writes again`() throws {
    let isFull = Mutex(false)
    let hooks = StoreHooks(beforeAppend: { _ throws(StoreFailure) in
      if isFull.withLock({ $0 }) { throw StoreFailure(.diskFull, "as planned") }
    })
    try world.executor.run {
      let server = await server(hooks: hooks)
      let run = try await server.start(Self.pausing)
      try await server.sleep(.seconds(60))
      isFull.withLock { $0 = true }
      try await server.sleep(.seconds(4000))
      #expect(try await server.status(run) == .waiting)
      isFull.withLock { $0 = false }
      try await server.sleep(.seconds(60))
      #expect(try await server.status(run) == .succeeded)
    }
  }

  @Test func `a run that is to be tried again is not forgotten when the store cannot be read then`()
    throws
  {
    let clock = world.clock
    let start = clock.now()
    try world.executor.run {
      let hooks = StoreHooks(
        beforeAppend: { append throws(StoreFailure) in
          guard append.expectedVersion > 0, clock.now() < start + .seconds(1) else { return }
          throw StoreFailure(.io, "the disk failed")
        },
        beforeAccess: { () throws(StoreFailure) in
          // When the run is to be tried again, ten seconds later.
          guard clock.now() >= start + .seconds(9), clock.now() < start + .seconds(19) else {
            return
          }
          throw StoreFailure(.io, "the disk failed")
        }
      )
      let server = await server(hooks: hooks)
      let run = try await server.start(Self.pausing)
      try await server.sleep(.seconds(3700))
      #expect(try await server.status(run) == .succeeded)
    }
  }

  @Test(arguments: 1...4)
  func `a run that a caller could not reach is not held for ever`(failing: Int) throws {
    let accesses = Mutex<Int?>(nil)
    let hooks = StoreHooks(beforeAccess: { () throws(StoreFailure) in
      let number = accesses.withLock { count in
        if let before = count { count = before + 1 }
        return count
      }
      if number == failing { throw StoreFailure(.io, "the disk failed") }
    })
    try world.executor.run {
      let server = await server(hooks: hooks)
      let run = try await server.start(Self.pausing)
      try await server.sleep(.seconds(60))
      accesses.withLock { $0 = 0 }
      // Its record is read, it is claimed, and read again with its journal.
      try? await server.roster.deliver(.proceed, to: run)
      accesses.withLock { $0 = nil }
      try await server.sleep(.seconds(3700))
      #expect(try await server.status(run) == .succeeded)
    }
  }

  @Test func `a run that was claimed for a delivery that failed wakes all the same`() throws {
    let clock = world.clock
    let start = clock.now()
    try world.executor.run {
      let hooks = StoreHooks(afterWrite: { () throws(StoreFailure) in
        // The claim is written, and nobody hears of it.
        guard clock.now() >= start + .seconds(59), clock.now() < start + .seconds(65) else {
          return
        }
        throw StoreFailure(.io, "the disk failed")
      })
      let server = await server(hooks: hooks)
      let run = try await server.start(Self.pausing)
      try await server.sleep(.seconds(60))
      await #expect(throws: RuntimeFailure.self) {
        try await server.roster.deliver(.cancel, to: run)
      }
      try await server.sleep(.seconds(3700))
      #expect(try await server.status(run) == .succeeded)
    }
  }

  @Test func `a run whose time comes while it is being left wakes all the same`() throws {
    let clock = world.clock
    try world.executor.run {
      let hooks = StoreHooks(afterAppend: { append throws(StoreFailure) in
        guard let record = append.record, record.owner == nil, record.status == .waiting else {
          return
        }
        try? await clock.pause(for: .seconds(4000))
      })
      let server = await server(hooks: hooks)
      let run = try await server.start(Self.pausing)
      try await server.sleep(.seconds(4100))
      #expect(try await server.status(run) == .succeeded)
    }
  }

  @Test func `a run that another process finished while it was being left sends nothing more`()
    throws
  {
    let clock = world.clock
    let trying = """
      {"triggers": {"manual": {"type": "Request"}}, "actions": {
        "Try": {"type": "Http", "inputs": {"method": "GET", "uri": "https://h/flaky",
          "retryPolicy": {"type": "fixed", "count": 3, "interval": "PT10S"}}}}}
      """
    try world.executor.run {
      let hooks = StoreHooks(
        afterAppend: { append throws(StoreFailure) in
          guard let record = append.record, record.owner == nil, record.status == .waiting else {
            return
          }
          try? await clock.pause(for: .seconds(60))
        },
        afterAccess: { try? await clock.pause(for: .milliseconds(100)) }
      )
      let slow = await server("slow", hooks: hooks)
      let run = try await slow.start(trying)
      try await slow.sleep(.seconds(1))
      let other = await server("other")
      try await other.sleep(.seconds(30))
      #expect(try await other.status(run) == .succeeded)
      // It hears that the run is left, and has an input that it has not decided.
      try? await slow.roster.deliver(.cancel, to: run)
      try await slow.sleep(.seconds(60))
    }
    #expect(world.transport.requests.count == 2)
  }

  @Test func `a run that cannot be read does not keep others from waking`() throws {
    try world.executor.run {
      let server = await server()
      let broken = try await server.start(Self.pausing)
      let run = try await server.start(Self.pausing)
      try await server.sleep(.seconds(60))
      let isClaimed = try await server.store.claim(broken, from: nil, by: server.store.owner)
      #expect(isClaimed)
      var record = try #require(try await server.store.run(broken))
      record.owner = nil
      let version = try await server.store.journal(of: broken).count
      let entry = JournalEntry(
        kind: "unheardOf",
        time: world.clock.now(),
        data: [],
        isSealed: false
      )
      try await server.store.append(
        JournalAppend(
          run: broken,
          expectedVersion: version,
          owner: server.store.owner,
          entries: [entry],
          record: record
        )
      )
      try await server.sleep(.seconds(4000))
      #expect(try await server.status(run) == .succeeded)
      #expect(try await server.status(broken) == .waiting)
    }
  }
}
