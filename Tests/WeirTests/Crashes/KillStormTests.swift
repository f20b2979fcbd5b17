import Testing

/// Real processes, killed without warning, again and again.
@Suite struct KillStormTests {
  // With the first header a request waits until the time of its departure is durable; with the
  // second it leaves as soon as its order is.
  @Test(arguments: [("Repeatability-Request-ID", 6), ("Idempotency-Key", 7)] as [(String, UInt64)])
  func `100 kills lose nothing that was acknowledged and repeat nothing that was committed`(
    header: String,
    seed: UInt64
  ) async throws {
    let storm = try await KillStorm(seed: seed, header: header)
    while storm.killCount < 100 { try await storm.round() }
    let log = try await storm.settle()
    #expect(storm.ledger.findings.isEmpty, "\(storm.ledger.findings.joined(separator: "\n"))")
    #expect(storm.ledger.unfinished.isEmpty)
    // A storm that meets nobody in the middle of a request shows nothing.
    #expect(StepLedger.repetitions(in: log) > 0)
    expectNoCrash(try await storm.sandbox.stop())
  }
}
