import CommandLineArguments
import OrderedJSON
import Testing

@testable import weir_simulate

@Suite struct OptionsTests {
  private static func options(_ words: String...) throws -> Options? {
    guard case .run(let arguments) = try Options.table.parse(Options.spec.path + words) else {
      return nil
    }
    return try Options(arguments)
  }

  @Test func `one seed is the default`() throws {
    let options = try #require(try Self.options())
    #expect(options.seed == 1 && options.runs == 1 && !options.isVerbose && !options.wantsJSON)
  }

  @Test func `options are read`() throws {
    let options = try #require(
      try Self.options(
        "--seed",
        "77",
        "--runs",
        "2000",
        "--output",
        "json",
        "--break",
        "sends-again"
      )
    )
    #expect(options.seed == 77 && options.runs == 2000 && options.wantsJSON)
    #expect(options.breakage == .sendsAgain)
  }

  @Test(arguments: [
    ["--runs", "0"], ["--seed", "x"], ["--break", "nothing"], ["more"], ["--what"],
  ])
  func `what makes no sense is refused`(words: [String]) {
    #expect(throws: UsageError.self) {
      if case .run(let arguments) = try Options.table.parse(Options.spec.path + words) {
        _ = try Options(arguments)
      }
    }
  }

  @Test func `help names every option`() {
    for option in Options.spec.options { #expect(Options.help.contains("--\(option.name)")) }
  }

  @Test func `a campaign names the seeds that failed`() throws {
    var options = try #require(
      try Self.options("--seed", "3", "--runs", "4", "--break", "drops-append")
    )
    options.isVerbose = false
    var lines: [String] = []
    var campaign = Campaign(options) { lines.append($0) }
    campaign.run()
    #expect(campaign.simulations == 4 && !campaign.failures.isEmpty)
    #expect(campaign.json["failures"]?[0]?["violations"]?[0]?["kind"] == "lost")
    let seed = try #require(campaign.failures.first?.seed)
    #expect(lines.contains { $0.hasPrefix("seed \(seed): lost") })
    #expect(campaign.failedSeeds?.hasPrefix("failed seeds: \(seed)") == true)
  }
}
