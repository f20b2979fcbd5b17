import Contracts
import Engine
import Seams
import Synchronization

@testable import SQLiteStore

/// Many tasks that append to runs of their own, and what of it was acknowledged.
final class AppendLoad: Sendable {
  private let store: SQLiteStore
  private let acknowledged = Mutex<[RunID: Int]>([:])
  private let refused = Mutex<[StoreFailure]>([])

  init(on store: SQLiteStore) { self.store = store }

  /// How many entries of each run are durable.
  var counts: [RunID: Int] { acknowledged.withLock { $0 } }

  var refusals: [StoreFailure] { refused.withLock { $0 } }

  /// The entry with a number: large enough that a few hundred fill pages and the log.
  static func entry(_ number: Int) -> JournalEntry {
    JournalEntry(
      kind: "actionEnded",
      time: Samples.start,
      data: [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: 100 + number * 997 % 9000),
      isSealed: false
    )
  }

  /// Each of so many tasks appends so many entries; one that is refused is tried again, as the same.
  ///
  /// `onRefusal` hears how many were refused so far.
  func run(
    tasks: Int = 8,
    entries: Int,
    onRefusal: @escaping @Sendable (Int) async -> Void = { _ in }
  ) async {
    await withTaskGroup { group in
      for task in 0..<tasks {
        group.addTask {
          let run = RunID("run-\(task)")
          var number = self.counts[run] ?? 0
          let goal = number + entries
          while number < goal {
            do throws(StoreFailure) {
              try await self.store.append(Self.append(number + 1, to: run))
              number += 1
              self.acknowledged.withLock { $0[run] = number }
            } catch {
              let count = self.refused.withLock { refused in
                refused.append(error)
                return refused.count
              }
              await onRefusal(count)
            }
          }
        }
      }
    }
  }

  private static func append(_ number: Int, to run: RunID) -> JournalAppend {
    var append = number == 1 ? Samples.creation(run) : Samples.addition(run, after: number - 1)
    append.entries = [entry(number)]
    return append
  }
}
