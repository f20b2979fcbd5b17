import CurlTransport
import Engine
import Foundation
import HTTPMessages
import OrderedJSON
import Seams
import Testing

/// Starts a process and kills it, some time after it first wrote to the database.
struct KillStrike: Sendable {
  struct Outcome: Sendable {
    /// Whether the signal met it alive.
    var isKilled: Bool
    /// Runs of which it had told before.
    var acknowledged: [RunID]
  }

  let place: Workplace
  let environment: [String: String]

  func perform(_ work: StormRound.Work, after delay: Duration) async throws -> Outcome {
    let before = stamp
    let process = try place.start(work.words, environment: environment)
    let calls = Task { work == .server ? try await self.runs(startedBy: process) : [] }
    let deadline = ContinuousClock.now + .seconds(180)
    while stamp == before, process.isRunning {
      guard ContinuousClock.now < deadline else { throw TookTooLong() }
      try await Task.sleep(for: .microseconds(200))
    }
    try await Task.sleep(for: delay)
    process.kill()
    let outcome = try await process.end()
    #expect(!outcome.errors.contains("Fatal error"), "\(outcome.errors)")
    var told = try await calls.value
    if work == .startDetached, outcome.output.hasSuffix("}\n") {
      told.append(RunID(try #require(JSON(parsing: outcome.output)["id"]?.stringValue)))
    }
    return Outcome(isKilled: outcome.exitCode == 128 + 9, acknowledged: told)
  }

  /// Differs once somebody wrote to the database.
  private var stamp: [Int] {
    var status = stat()
    guard stat(place.data.appending(path: "weir.db-wal").path, &status) == 0 else { return [] }
    return [Int(status.st_size), status.st_mtim.tv_sec, status.st_mtim.tv_nsec]
  }

  /// Starts one run after the other through a server, until it is gone.
  private func runs(startedBy server: WeirProcess) async throws -> [RunID] {
    try await eventually { server.output.hasSuffix("\n") || !server.isRunning }
    guard server.output.hasSuffix("\n"), let url = try JSON(parsing: server.output)["url"],
      let request = HTTPRequest(
        method: "POST",
        url: (url.stringValue ?? "") + "/api/workflows/half/triggers/manual/run"
      )
    else { return [] }
    let transport = CurlTransport(userAgent: "tests")
    var runs: [RunID] = []
    while let answer = try? await transport.send(request, limits: .standard) {
      guard let run = answer.headers["x-ms-workflow-run-id"] else { break }
      runs.append(RunID(run))
    }
    await transport.close()
    return runs
  }
}
