import Testing
import Timekeeping

@Suite struct ZoneRulesTests {
  private func time(_ text: String) throws -> CivilTime {
    try #require(DateParser.parse(text)).civil
  }

  @Test func `every Windows zone is a zone of the database`() {
    for (name, identifier) in WindowsTimeZones.identifiers {
      #expect(ZoneRules(named: name)?.identifier == identifier, "\(name)")
    }
    #expect(WindowsTimeZones.identifiers.count >= 139)
  }

  @Test func `names are found without their punctuation and case`() {
    #expect(ZoneRules(named: "w europe standard time")?.identifier == "Europe/Berlin")
    #expect(ZoneRules(named: "europe/paris")?.identifier == "Europe/Paris")
    #expect(ZoneRules(named: "UTC+13")?.identifier == "Etc/GMT-13")
    #expect(ZoneRules(named: "utc-09")?.identifier == "Etc/GMT+9")
    #expect(ZoneRules(named: "Nowhere Standard Time") == nil)
    #expect(ZoneRules(named: "") == nil)
  }

  @Test func `offsets follow summer time`() throws {
    let berlin = try #require(ZoneRules(named: "Europe/Berlin"))
    let winter = try time("2026-01-15").timestampInUTC
    let summer = try time("2026-07-15").timestampInUTC
    #expect(berlin.offset(at: winter) == .seconds(3600))
    #expect(berlin.offset(at: summer) == .seconds(7200))
    #expect(berlin.civil(at: summer).hour == 2)
  }

  @Test func `a time of day occurs once, twice or never`() throws {
    let berlin = try #require(ZoneRules(named: "Europe/Berlin"))
    let noon = try time("2026-06-01T12:00:00Z")
    #expect(berlin.instants(of: noon) == .one(try time("2026-06-01T10:00:00Z").timestampInUTC))
    let skipped = try time("2026-03-29T02:30:00Z")
    let change = try time("2026-03-29T01:00:00Z").timestampInUTC
    #expect(berlin.instants(of: skipped) == .skipped(change: change))
    let twice = try time("2026-10-25T02:30:00Z")
    let first = try time("2026-10-25T00:30:00Z").timestampInUTC
    #expect(berlin.instants(of: twice) == .two(first: first, second: first + .seconds(3600)))
  }

  @Test func `a day that a zone left out is skipped`() throws {
    let apia = try #require(ZoneRules(named: "Samoa Standard Time"))
    let day = try time("2011-12-30T12:00:00Z")
    let change = try time("2011-12-30T10:00:00Z").timestampInUTC
    #expect(apia.instants(of: day) == .skipped(change: change))
  }

  @Test func `offsets of half an hour change by half an hour`() throws {
    let island = try #require(ZoneRules(named: "Lord Howe Standard Time"))
    let before = try time("2026-04-04T14:00:00Z").timestampInUTC
    #expect(island.offset(at: before) == .seconds(39_600))
    #expect(island.offset(at: before + .seconds(7200)) == .seconds(37_800))
  }
}
