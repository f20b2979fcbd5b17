import Connectors
import Fixtures
import Foundation
import HTTPMessages
import HTTPServer
import OrderedJSON
import Synchronization
import Testing

/// `weir connection rotate`, killed at any moment.
@Suite struct RotateKillTests {
  private let place: Workplace

  init() throws { place = try Workplace() }

  // MARK: Striking

  /// Differs once somebody wrote to the database.
  private var stamp: [Int] {
    var status = stat()
    guard stat(place.data.appending(path: "weir.db-wal").path, &status) == 0 else { return [] }
    return [Int(status.st_size), status.st_mtim.tv_sec, status.st_mtim.tv_nsec]
  }

  /// Kills a process some time after it wrote to the database; `false` when it ended before.
  private func strike(_ process: WeirProcess, since before: [Int], after delay: Int)
    async throws -> Bool
  {
    let deadline = ContinuousClock.now + .seconds(60)
    while stamp == before, process.isRunning {
      guard ContinuousClock.now < deadline else { throw TookTooLong() }
      try await Task.sleep(for: .microseconds(100))
    }
    try await Task.sleep(for: .microseconds(delay))
    process.kill()
    let outcome = try await process.end()
    #expect(!outcome.errors.contains("Fatal error"), "\(outcome.errors)")
    return outcome.exitCode == 128 + 9
  }

  // MARK: Values

  @Test func `either the old values are in use or the new ones, whole`() async throws {
    let service = try PairService(for: place)
    let create = ["connection", "create", "pair", "--connector", "pair", "--no-test"]
    let made = try await place.start(create + PairService.words(0)).end()
    #expect(made.exitCode == 0, "\(made.errors)")
    let rotate = ["connection", "rotate", "pair", "--no-test"]
    // How long it takes here, so that the moments are all over it.
    let begin = ContinuousClock.now
    #expect(try await place.start(rotate + PairService.words(1)).end().exitCode == 0)
    let longest = max(2, Int((ContinuousClock.now - begin) / .microseconds(1)))
    var random = SeededGenerator(state: 11)
    var (kills, changes, number) = (0, 0, 1)
    for next in 2...200 where kills < 14 || changes == 0 {
      let process = try place.start(rotate + PairService.words(next))
      try await Task.sleep(for: .microseconds(Int.random(in: 0..<longest, using: &random)))
      process.kill()
      if try await process.end().exitCode == 128 + 9 { kills += 1 }
      let called = try await place.weir("connector", "call", "pair", "Me", "--connection", "pair")
      #expect(called.exitCode == 0, "\(called.errors)")
      let seen = service.latest
      #expect(seen == PairService.pair(number) || seen == PairService.pair(next), "\(seen)")
      if seen == PairService.pair(next) { (changes, number) = (changes + 1, next) }
    }
    #expect(kills >= 14)
    // Values that never changed would show nothing.
    #expect(changes > 0)
    await service.stop()
  }

  // MARK: Signing in

  @Test func `either the old sign-in works or the new one`() async throws {
    let provider = try SignInProvider()
    try provider.writeConnector(to: place)
    let creation = [
      "connection", "create", "mail", "--connector", "mail", "--parameter",
      "token:ClientId=app", "--parameter", "token:ClientSecret=env:APP_SECRET",
    ]
    #expect(try await signIn(creation).end().exitCode == 0)
    var random = SeededGenerator(state: 12)
    var kills = 0
    for _ in 1...100 where kills < 8 {
      let before = stamp
      let process = try await signIn(["connection", "rotate", "mail"])
      let delay = Int.random(in: 0..<2_000, using: &random)
      if try await strike(process, since: before, after: delay) { kills += 1 }
      let shown = try await place.weir("connection", "show", "mail", "--output", "json")
      #expect(try JSON(parsing: shown.output)["status"] == "connected")
      // Whichever token it is, the refresh token beside it must be its own.
      provider.expire()
      let called = try await place.weir("connector", "call", "mail", "Me", "--connection", "mail")
      #expect(called.exitCode == 0, "\(called.errors)")
    }
    #expect(kills == 8)
    await provider.stop()
  }

  /// Starts a command that has a person sign in, who does.
  private func signIn(_ words: [String]) async throws -> WeirProcess {
    let process = try place.start(
      words + ["--listen", "127.0.0.1:0", "--output", "json"],
      environment: ["APP_SECRET": SignInProvider.clientSecret]
    )
    try await eventually { process.errors.contains("code_challenge_method=S256\n") }
    let word = process.errors.split(whereSeparator: \.isWhitespace).first { $0.hasPrefix("http") }
    let page = try #require(word.flatMap { URL(string: String($0)) })
    // The command may be gone before the browser is.
    Task { _ = try? await Browser.open(page) }
    return process
  }
}
