import Contracts
import Foundation
import Seams
import Testing

@testable import SQLiteStore

@Suite struct OwnerLocksTests {
  @Test func `files of dead processes go, those of living ones stay`() throws {
    let folder = try TemporaryFolder()
    let first = try OwnerLocks(folder: folder.path, own: Samples.owner)
    try Data().write(to: URL(filePath: "\(folder.path)/dead.lock"))
    try Data().write(to: URL(filePath: "\(folder.path)/notes.txt"))
    let second = try OwnerLocks(folder: folder.path, own: OwnerID("process-2"))
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(Set(files) == ["process-1.lock", "process-2.lock", "notes.txt"])
    #expect(second.isAlive(Samples.owner) && first.isAlive(OwnerID("process-2")))
    #expect(!first.isAlive(OwnerID("dead")))
  }

  @Test func `who asks does not keep the dead alive`() throws {
    let folder = try TemporaryFolder()
    let locks = try OwnerLocks(folder: folder.path, own: Samples.owner)
    try Data().write(to: URL(filePath: "\(folder.path)/dead.lock"))
    for _ in 0..<100 { #expect(!locks.isAlive(OwnerID("dead"))) }
  }

  @Test func `a killed process is dead`() async throws {
    let folder = try TemporaryFolder()
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = folder.path as String] in
      let locks = try OwnerLocks(folder: path, own: OwnerID("child"))
      guard locks.isAlive(OwnerID("child")) else { exit(1) }
      kill(getpid(), SIGKILL)
    }
    let locks = try OwnerLocks(folder: folder.path, own: Samples.owner)
    #expect(!locks.isAlive(OwnerID("child")))
  }
}
