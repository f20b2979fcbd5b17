import Fixtures
import Foundation
import OrderedJSON
import Synchronization
import Testing

@testable import weir

@Suite struct ValidateWatchTests {
  private static let broken: JSON = [
    "triggers": ["manual": ["type": "Request"]],
    "actions": ["A": ["type": "Compose", "inputs": "@concta('a')"]],
  ]

  @Test func `watching checks again after a change, and ends on an interrupt`() async throws {
    let place = try Workplace()
    let process = try place.start(["flow", "validate", "--watch"])
    try await eventually { process.errors.contains("waiting for changes") }
    #expect(process.output.contains("2 flows, 0 errors"))
    try place.write(Self.broken, to: "flows/broken.json")
    try await eventually { process.output.contains("3 flows, 1 error,") }
    #expect(process.errors.contains("[E0101]"))
    try FileManager.default.removeItem(at: place.project.appending(path: "flows/broken.json"))
    try await eventually { process.output.components(separatedBy: "2 flows, 0 errors").count == 3 }
    process.interrupt()
    #expect(try await process.end().exitCode == 0)
  }

  /// The folders that a watch was asked to follow.
  private final class SeenFolders: Sendable {
    let folders = Mutex<[String]>([])
  }

  @Test func `a signal without a change checks nothing`() async throws {
    let place = try Workplace()
    let context = try Context.silent(in: place)
    let (changes, signal) = AsyncStream.makeStream(of: Void.self)
    for _ in 0..<3 { signal.yield() }
    signal.finish()
    let checks = Mutex(0)
    let seen = SeenFolders()
    let following = ProjectChanges(
      project: Project(context),
      scope: .flows,
      signals: changes,
      watch: { found in seen.folders.withLock { $0 = found } },
      settle: {}
    )
    await following.forEach { checks.withLock { $0 += 1 } }
    #expect(seen.folders.withLock { $0 }.contains(place.project.appending(path: "flows").path))
    #expect(checks.withLock { $0 } == 1)
  }
}
