import Foundation
import OrderedJSON
import Seams
import Simulation
import Telemetry
import Testing
import Timekeeping

struct LogTests {
  private static let time = Timestamp(seconds: 1_767_225_600) + .milliseconds(123)

  private func line(_ format: LogFormat, _ fields: [(String, String)]) -> String {
    format.line(Log.Entry(.info, "run.started", fields), at: Self.time)
  }

  @Test func `text is for people`() {
    let line = line(.text, [("run", "r-1"), ("flow", "on board"), ("why", "a \"b\"\nc")])
    #expect(
      line == "2026-01-01T00:00:00.123Z INFO    run.started "
        + #"run=r-1 flow="on board" why="a \"b\"\nc""# + "\n"
    )
  }

  @Test func `JSON is for programs`() throws {
    let line = line(.json, [("run", "r-1"), ("level", "x"), ("why", "a\n\"é\u{2028}")])
    let entry = try JSON(parsing: Array(line.utf8))
    #expect(entry["time"] == "2026-01-01T00:00:00.123Z")
    #expect(entry["level"] == "info")
    #expect(entry["level_"] == "x")
    #expect(entry["event"] == "run.started")
    #expect(entry["why"] == "a\n\"é\u{2028}")
  }

  @Test(arguments: LogFormat.allCases)
  func `nothing in a field makes a second line`(_ format: LogFormat) {
    let hostile = (0..<0x30).compactMap { Unicode.Scalar($0).map(Character.init) }
    let value = String(hostile) + "\u{7F}\u{85}\u{9B}\u{1B}[31m"
    let line = line(format, [("x", value), ("y", "")])
    #expect(line.split(whereSeparator: \.isNewline).count == 1 || format == .json)
    #expect(line.utf8.filter { $0 == 0x0A || $0 == 0x0D || $0 == 0x1B }.count == 1)
    #expect(line.last == "\n")
  }

  @Test func `long values are cut`() {
    #expect(line(.text, [("x", String(repeating: "é", count: 100_000))]).utf8.count < 4096)
  }

  @Test func `a sink writes whole lines of the levels that are wanted`() async throws {
    let pipe = Pipe()
    let sink = LogSink(
      descriptor: pipe.fileHandleForWriting.fileDescriptor,
      format: .json,
      clock: SimulatedClock()
    )
    let log = sink.log(from: .info)
    await withTaskGroup { group in
      for task in 0..<4 {
        group.addTask {
          for number in 0..<50 {
            log.write(.debug, "not.wanted")
            log.write(.warning, "wanted", [("task", "\(task)"), ("number", "\(number)")])
          }
        }
      }
    }
    try pipe.fileHandleForWriting.close()
    let bytes = try #require(try pipe.fileHandleForReading.readToEnd())
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    #expect(lines.count == 200)
    for line in lines { #expect(try JSON(parsing: Array(line.utf8))["event"] == "wanted") }
  }
}
