import Testing
import Timekeeping

@Suite struct DateFormatTests {
  private func text(_ format: String, _ culture: String = "en-US") throws -> String? {
    let time = try #require(DateParser.parse("2026-11-05T09:05:07.0120000Z"))
    return DateFormat.text(of: time, format, try #require(Culture(named: culture)))
  }

  @Test(arguments: [
    ("d", "11/5/2026"), ("D", "Thursday, November 5, 2026"),
    ("f", "Thursday, November 5, 2026 9:05 AM"), ("F", "Thursday, November 5, 2026 9:05:07 AM"),
    ("g", "11/5/2026 9:05 AM"), ("G", "11/5/2026 9:05:07 AM"), ("m", "November 5"),
    ("o", "2026-11-05T09:05:07.0120000Z"), ("r", "Thu, 05 Nov 2026 09:05:07 GMT"),
    ("s", "2026-11-05T09:05:07"), ("t", "9:05 AM"), ("T", "9:05:07 AM"),
    ("u", "2026-11-05 09:05:07Z"), ("U", "Thursday, November 5, 2026 9:05:07 AM"),
    ("y", "November 2026"),
  ])
  func `standard formats`(format: String, expected: String) throws {
    #expect(try text(format) == expected)
  }

  @Test(arguments: [
    ("yyyy-MM-ddTHH:mm:ss.fff", "2026-11-05T09:05:07.012"), ("yyy yy y", "2026 26 26"),
    ("ddd dd d/M", "Thu 05 5/11"), ("h:m:s tt t", "9:5:7 AM A"), ("ss.FFFF", "07.012"),
    ("ss.F", "07"), ("HH'h' \"min\" \\d", "09h min d"), ("%d", "5"), ("K|zzz", "Z|+00:00"),
    ("é日", "é日"), ("%", nil), ("%%", nil), ("a", nil), ("'", nil), ("x\\", nil),
    ("ffffffff", nil),
  ])
  func `custom formats`(format: String, expected: String?) throws {
    #expect(try text(format) == expected)
  }

  @Test(arguments: [
    ("de-DE", "05.11.2026 09:05"), ("fr-FR", "05/11/2026 09:05"), ("en-GB", "05/11/2026 09:05"),
    ("", "11/05/2026 09:05"), ("ja-JP", "2026/11/05 9:05"), ("sv-SE", "2026-11-05 09:05"),
  ])
  func `short dates of cultures`(culture: String, expected: String) throws {
    #expect(try text("g", culture) == expected)
  }

  @Test func `unknown cultures are none`() {
    for name in ["xx-XX", "english", "en-", "-", "e n", "en_US"] {
      #expect(Culture(named: name) == nil, "\(name)")
    }
    #expect(Culture(named: "DE-de") != nil)
  }

  @Test func `lengths of time read back`() {
    for ticks in [0, 1, -1, 864_000_000_000, -35_999_999_999, 12_345_678_901_234_567] as [Int64] {
      #expect(TimeSpan.ticks(TimeSpan.text(ticks: ticks)) == ticks)
    }
    for text in ["", "-", "1.", "24:00", "00:60", "00:00:60", "00:00:00.", "1:2:3:4", "x"] {
      #expect(TimeSpan.ticks(text) == nil, "\(text)")
    }
  }
}
