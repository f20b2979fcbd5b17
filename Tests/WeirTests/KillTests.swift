import OrderedJSON
import Testing

/// What is left of a run when its process is killed, and who goes on with it.
@Suite struct KillTests {
  /// What the main job sends, each exactly once.
  private static let wholeJob = [
    "POST /identities", "POST /identities/ID/:issueAccessToken",
    "POST /identities/ID/:revokeAccessTokens", "DELETE /identities/ID",
  ]

  @Test(arguments: 0..<4)
  func `a run killed between any two steps is finished without repeating a step`(step: Int)
    async throws
  {
    let place = try Workplace()
    let sandbox = try await SandboxServer(in: place)
    try await sandbox.holdRequest(after: step)
    let first = try place.start(["run", "start", "onboard-user"], environment: sandbox.environment)
    try await sandbox.waitForHeldRequest()
    first.kill()
    #expect(try await first.end().exitCode == 128 + 9)

    let run = try await theRun(of: place)
    #expect(run["interrupted"] == true)
    #expect(run["status"] == "Running")
    let id = try #require(run["id"]?.stringValue)
    #expect(try await place.weir("run", "list").output.contains("interrupted"))
    #expect(try await sandbox.requests() == Array(Self.wholeJob.prefix(step)))

    let second = try await place.weir("run", "wait", id, environment: sandbox.environment)
    #expect(second.exitCode == 0, "\(second.output)\(second.errors)")
    #expect(try await sandbox.requests() == Self.wholeJob)
    let ended = try await theRun(of: place)
    #expect(ended["status"] == "Succeeded")
    #expect(ended["interrupted"] == false)
    expectNoCrash(try await sandbox.stop())
  }

  @Test func `who waits for a run sends nothing while its process lives and goes on when it dies`()
    async throws
  {
    let place = try Workplace()
    let sandbox = try await SandboxServer(in: place)
    try await sandbox.holdRequest(after: 1)
    let first = try place.start(["run", "start", "onboard-user"], environment: sandbox.environment)
    try await sandbox.waitForHeldRequest()
    let run = try await theRun(of: place)
    #expect(run["interrupted"] == false)
    let id = try #require(run["id"]?.stringValue)

    let waiting = try (0..<2).map { _ in
      try place.start(["run", "wait", id, "--output", "json"], environment: sandbox.environment)
    }
    let cancelled = try await place.weir("run", "cancel", id, environment: sandbox.environment)
    #expect(cancelled.exitCode == 5)
    #expect(cancelled.errors.contains("another process is driving the run '\(id)'"))
    #expect(waiting.allSatisfy { $0.isRunning })
    try await eventually {
      waiting.allSatisfy { $0.errors.contains("another process drives the run") }
    }
    #expect(try await sandbox.requests() == Array(Self.wholeJob.prefix(1)))

    first.kill()
    for process in waiting {
      let outcome = try await process.end()
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      #expect(try JSON(parsing: outcome.output)["status"] == "Succeeded")
    }
    #expect(try await sandbox.requests() == Self.wholeJob)
    expectNoCrash(try await sandbox.stop())
  }

  @Test func `who is asked to stop says how to go on`() async throws {
    let place = try Workplace()
    let sandbox = try await SandboxServer(in: place)
    try await sandbox.holdRequest(after: 2)
    let process = try place.start(
      ["run", "start", "onboard-user"],
      environment: sandbox.environment
    )
    try await sandbox.waitForHeldRequest()
    process.interrupt()
    let outcome = try await process.end()
    #expect(outcome.exitCode == 130)
    let id = try #require(try await theRun(of: place)["id"]?.stringValue)
    #expect(outcome.errors.contains("'weir run wait \(id)' goes on with it"))
    expectNoCrash(try await sandbox.stop())
  }

  private func theRun(of place: Workplace) async throws -> JSON {
    let outcome = try await place.weir("run", "list", "--output", "json")
    let runs = try #require(JSON(parsing: outcome.output).arrayValue)
    #expect(runs.count == 1)
    return try #require(runs.first)
  }
}
