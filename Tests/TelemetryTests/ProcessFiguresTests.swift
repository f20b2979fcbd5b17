import Telemetry
import Testing

struct ProcessFiguresTests {
  private static let stat =
    "4711 (we) ir (x) S 1 4711 4711 0 -1 4194560 900 0 1 0 250 150 0 0 20 0 7 0 1000 "
    + "123456789 2048 18446744073709551615 1 1 0 0 0 0 0 4096 0 0 0 0 17 1 0 0 0 0 0\n"

  @Test func `fields are found behind a name with spaces and brackets`() {
    let figures = ProcessFigures(
      stat: Self.stat,
      bootTime: 1_700_000_000,
      ticksPerSecond: 100,
      pageBytes: 4096
    )
    #expect(figures.processorSeconds == 4)
    #expect(figures.threads == 7)
    #expect(figures.startTime == 1_700_000_010)
    #expect(figures.virtualBytes == 123_456_789)
    #expect(figures.residentBytes == 2048 * 4096)
  }

  @Test(arguments: ["", "4711", "4711 (x) S", "4711 (x"])
  func `where the system tells nothing, nothing is reported`(_ stat: String) {
    let figures = ProcessFigures(stat: stat, bootTime: nil, ticksPerSecond: 100, pageBytes: 4096)
    #expect(PrometheusText.render(figures.reports) == "")
  }

  @Test func `this process has figures`() throws {
    let figures = ProcessFigures.read()
    #expect(try #require(figures.residentBytes) > 1 << 20)
    #expect(try #require(figures.openDescriptors) > 2)
    #expect(try #require(figures.maximumDescriptors) > 2)
    #expect(try #require(figures.processorSeconds) >= 0)
    #expect(try #require(figures.startTime) > 1_700_000_000)
  }
}
