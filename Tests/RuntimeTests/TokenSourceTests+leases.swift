import Connectors
import Diagnostics
import HTTPMessages
import Runtime
import Seams
import Simulation
import Synchronization
import Testing
import Timekeeping

/// Who may renew a token, of several processes and within one.
extension TokenSourceTests {
  @Test func `two processes make one request, and the refresh token is used once`() throws {
    let world = TokenWorld { _, number in
      .respond(TokenWorld.tokens(number, refresh: "refresh-\(number)"), after: .seconds(5))
    }
    let order = try TokenWorld.person()
    let tokens = try world.executor.run { () async throws in
      let first = TokenSource(environment: world.environment("first"))
      let second = TokenSource(environment: world.environment("second"))
      let start = OAuthTokens(
        accessToken: "old",
        refreshToken: "refresh-0",
        expires: world.clock.now() + .seconds(60)
      )
      try await first.adopt(start, for: order)
      try await sleep(world, 60)
      async let left = ask(first, order, times: 50)
      async let right = ask(second, order, times: 50)
      let renewed = try await left + right
      try await sleep(world, 3600)
      return renewed + [try await second.token(for: order)]
    }
    #expect(tokens.dropLast().allSatisfy { $0 == "token-1" } && tokens.last == "token-2")
    let used = world.transport.requests.map { $0.bodyText.prefix(23) }
    #expect(used == ["refresh_token=refresh-0", "refresh_token=refresh-1"])
  }

  @Test func `a process that died while it renewed holds nobody up`() throws {
    let world = TokenWorld { _, number in
      number == 1 ? .silence : .respond(TokenWorld.tokens(number))
    }
    let waited = try world.executor.run { () async throws in
      let dead = world.environment("dead")
      let source = TokenSource(environment: dead)
      async let lost = source.token(for: TokenWorld.application())
      try await sleep(world, 1)
      await dead.store.close()
      let start = world.clock.now()
      let heir = TokenSource(environment: world.environment("heir"))
      let token = try await heir.token(for: TokenWorld.application())
      #expect(token == "token-2")
      let waited = world.clock.now() - start
      _ = try? await lost
      return waited
    }
    #expect(waited < .seconds(1))
  }

  @Test(arguments: [3600, -3600] as [Int64])
  func `a clock that is set while a process renews lets no other renew, too`(step: Int64) throws {
    let world = TokenWorld { _, number in .respond(TokenWorld.tokens(number), after: .seconds(20)) }
    try world.executor.run { () async throws in
      let start = world.clock.elapsed
      async let left = ask(TokenSource(environment: world.environment("first")), times: 2)
      try await world.clock.pause(for: .seconds(1))
      async let right = ask(TokenSource(environment: world.environment("second")), times: 2)
      try await world.clock.pause(for: .seconds(1))
      world.clock.step(by: .seconds(step))
      let tokens = try await left + right
      #expect(tokens == Array(repeating: "token-1", count: 4))
      #expect(world.clock.elapsed - start < .seconds(21))
    }
    #expect(world.transport.requests.count == 1)
  }

  @Test func `a process that hangs while it renews is waited for, six minutes`() throws {
    let world = TokenWorld { _, number in .respond(TokenWorld.tokens(number)) }
    try world.executor.run { () async throws in
      let hanging = world.environment("hanging").store
      let order = TokenWorld.application()
      let lease = try await hanging.leaseToken(order.key, takingOver: nil)
      #expect(lease == .granted(fence: 1, nil))
      let start = world.clock.elapsed
      async let tokens = ask(TokenSource(environment: world.environment("other")), times: 2)
      try await world.clock.pause(for: .seconds(60))
      world.clock.step(by: .seconds(-3600))
      #expect(try await tokens == ["token-1", "token-1"])
      #expect(world.clock.elapsed - start == .seconds(360))
      let late = StoredToken(key: order.key, sealed: [1], updated: world.clock.now())
      #expect(try await !hanging.saveToken(late, fence: 1))
    }
  }

  @Test(arguments: 0...3)
  func `a process does not wait for a lease of its own that it could not end`(successes: Int) throws
  {
    let isMended = Mutex(false)
    let world = TokenWorld { _, _ in
      let answer =
        isMended.withLock { $0 }
        ? TokenWorld.tokens(2) : TokenWorld.refusal("invalid_request")
      return .respond(answer)
    }
    let disk = SwitchedDisk()
    try world.executor.run { () async throws in
      let source = TokenSource(environment: world.environment("a", hooks: disk.hooks))
      let order = TokenWorld.application()
      disk.failOnce(after: successes)
      _ = try? await source.token(for: order)
      disk.isBroken = false
      isMended.withLock { $0 = true }
      try await sleep(world, 31)
      let start = world.clock.elapsed
      #expect(try await source.token(for: order) == "token-2")
      #expect(world.clock.elapsed - start < .seconds(60))
    }
  }

  @Test func `a lease whose grant was not heard of is taken over at once`() throws {
    let world = TokenWorld { _, _ in .respond(TokenWorld.tokens(1)) }
    let isLost = Mutex(true)
    let hooks = StoreHooks(afterWrite: { () throws(StoreFailure) in
      let fails = isLost.withLock { isLost in
        defer { isLost = false }
        return isLost
      }
      if fails { throw StoreFailure(.io, "the disk failed") }
    })
    try world.executor.run { () async throws in
      let source = TokenSource(environment: world.environment("a", hooks: hooks))
      let order = TokenWorld.application()
      await #expect(throws: Diagnostic.self) { try await source.token(for: order) }
      let start = world.clock.elapsed
      #expect(try await source.token(for: order) == "token-1")
      #expect(world.clock.elapsed - start < .seconds(60))
    }
    #expect(world.transport.requests.count == 1)
  }

  @Test func `a renewal under way is not taken over by another one of the same process`() throws {
    let world = TokenWorld { _, number in
      .respond(TokenWorld.tokens(number), after: .seconds(number == 1 ? 20 : 0))
    }
    try world.executor.run { () async throws in
      let source = TokenSource(environment: world.environment())
      let start = world.clock.elapsed
      async let first = source.token(for: TokenWorld.application("old"))
      try await sleep(world, 1)
      async let second = source.token(for: TokenWorld.application("new"))
      #expect(try await second == "token-2")
      #expect(world.clock.elapsed - start >= .seconds(20))
      #expect(try await first == "token-1")
    }
    #expect(world.transport.requests.count == 2)
  }
}
