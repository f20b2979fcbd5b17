import Contracts
import Engine
import Foundation
import Seams
import Synchronization
import Testing

@testable import SQLiteStore

/// What is left after a process is killed.
@Suite struct CrashTests {
  @Test func `kill -9 loses nothing that was acknowledged and leaves whole appends only`()
    async throws
  {
    let folder = try TemporaryFolder()
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = folder.path as String] in
      let store = try SQLiteStore(folder: path, owner: Samples.owner)
      await Self.write(to: store, notes: path + "/acknowledged") { kill(getpid(), SIGKILL) }
    }
    let store = try SQLiteStore(folder: folder.path, owner: OwnerID("process-2"))
    let notes = try String(contentsOfFile: folder.path + "/acknowledged", encoding: .utf8)
    let acknowledged = notes.split(separator: "\n").map { $0.split(separator: " ") }
    #expect(acknowledged.count >= 100)
    for note in acknowledged {
      let entries = try await store.journal(of: RunID(String(note[0])))
      #expect(entries.count >= Int(note[1]) ?? .max)
    }
    for record in try await store.runs(matching: RunQuery()) {
      let entries = try await store.journal(of: record.id)
      #expect(entries == Samples.entries(1...entries.count))
    }
    let isAlive = await store.isAlive(Samples.owner)
    #expect(!isAlive)
    let run = RunID("run-0")
    let isClaimed = try await store.claim(run, from: Samples.owner, by: store.owner)
    #expect(isClaimed)
    let version = try await store.journal(of: run).count
    try await store.append(Samples.addition(run, after: version, owner: store.owner))
  }

  /// Appends from 20 tasks, notes what is acknowledged, and calls `end` after 100 of them.
  private static func write(
    to store: SQLiteStore,
    notes: String,
    end: @escaping @Sendable () -> Void
  ) async {
    let file = open(notes, O_WRONLY | O_CREAT | O_APPEND, 0o600)
    let count = Counter()
    await withTaskGroup { group in
      for number in 0..<20 {
        group.addTask {
          let run = RunID("run-\(number)")
          for version in 0..<1000 {
            let append =
              version == 0 ? Samples.creation(run) : Samples.addition(run, after: version)
            guard (try? await store.append(append)) != nil else { return }
            let note = Array("\(run) \(version + 1)\n".utf8)
            _ = Glibc.write(file, note, note.count)
            if count.next() == 100 { end() }
          }
        }
      }
    }
  }

  private final class Counter: Sendable {
    private let value = Atomic(0)

    func next() -> Int { value.add(1, ordering: .relaxed).newValue }
  }
}
