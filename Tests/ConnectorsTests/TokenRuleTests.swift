import Connectors
import Fixtures
import OrderedJSON
import Testing
import Timekeeping

/// When tokens are used and renewed, and when endpoints are asked again, as data.
struct TokenRuleTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let value: JSON

    var testDescription: String { value["name"]?.stringValue ?? "" }

    func seconds(_ name: String) -> Duration? { value[name]?.doubleValue.map { .seconds($0) } }

    static func load(_ file: String) throws -> [Case] {
      try (Fixtures.json("ConnectorsTests/Data/\(file)").arrayValue ?? []).map(Case.init)
    }
  }

  @Test(arguments: try Case.load("token-retry.json"))
  func `endpoints are asked again as the table says`(_ row: Case) {
    var waits: [JSON] = []
    while waits.count < 20,
      let wait = TokenRetry.delay(
        after: row.value["status"]?.integerValue.map { Int($0) },
        from: row.value["endpoint"] == "provider" ? .provider : .managedIdentity,
        attempt: waits.count + 1,
        retryAfter: row.seconds("retryAfter")
      )
    {
      waits.append(.integer(Int64(wait.seconds)))
    }
    #expect(.array(waits) == row.value["waits"])
  }

  @Test(arguments: try Case.load("token-life.json"))
  func `tokens are used and renewed as the table says`(_ row: Case) throws {
    let start = Timestamp(seconds: 1_800_000_000)
    let life = TokenLife(
      obtained: start,
      expires: try start + #require(row.seconds("life")),
      advised: row.seconds("advised").map { start + $0 }
    )
    let end = try start + #require(row.seconds("end"))
    let renewal = try start + #require(row.seconds("renewal"))
    #expect(life.end == end && life.renewal == renewal)
    #expect(life.isUsable(at: end - .seconds(1)) && !life.isUsable(at: end))
    #expect(!life.isDue(at: renewal - .seconds(1)) && life.isDue(at: renewal))
  }

  @Test func `a token without a known end is used until it is refused`() {
    let life = TokenLife(obtained: Timestamp(seconds: 0), expires: nil)
    #expect(life.isUsable(at: Timestamp(seconds: 1_000_000_000)))
    #expect(!life.isDue(at: Timestamp(seconds: 1_000_000_000)))
  }
}
