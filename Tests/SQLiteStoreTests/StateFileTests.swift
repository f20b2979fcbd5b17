import Foundation
import SQLiteStore
import Testing

struct StateFileTests {
  private let path = NSTemporaryDirectory() + "weir-state-\(UUID().uuidString).db"

  private func clean() { try? FileManager.default.removeItem(atPath: path) }

  @Test func `what was saved is there after the next opening, for its user alone`() throws {
    defer { clean() }
    do {
      let file = try StateFile(path: path)
      #expect(file.load("a") == nil)
      try file.save([("a", [1, 2]), ("b", [])])
      try file.save([("a", [3])])
    }
    let file = try StateFile(path: path)
    #expect(file.load("a") == [3] && file.load("b") == [])
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
    #expect((mode as? NSNumber)?.intValue == 0o600)
  }

  @Test func `a file serves one at a time`() throws {
    defer { clean() }
    let first = try StateFile(path: path)
    let failure = #expect(throws: StateFile.Failure.self) { try StateFile(path: path) }
    #expect(failure?.reason == "another process has it open")
    try first.save([("a", [1])])
  }

  @Test(arguments: ["This is no database at all, and long enough to be read as one.", "x"])
  func `another kind of file is left alone`(_ text: String) throws {
    defer { clean() }
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    #expect(throws: StateFile.Failure.self) { try StateFile(path: path) }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
  }

  @Test func `a path without a folder is refused`() {
    let failure = #expect(throws: StateFile.Failure.self) {
      try StateFile(path: "/nonexistent/state.db")
    }
    #expect(failure?.reason.contains("unable to open") == true)
  }
}
