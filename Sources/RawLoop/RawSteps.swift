import Glibc
import Synchronization

/// Steps that do nothing, each a durable row before the next one begins.
package final class RawSteps: @unchecked Sendable {
  // Unchecked: everything but `durable` and the semaphore belongs to the thread that calls `run`.
  private let durable = Mutex<[RawStore.Row]>([])
  private let news = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

  package init() { sem_init(news, 0, 0) }

  deinit {
    sem_destroy(news)
    news.deallocate()
  }

  /// Makes `count` runs of so many steps, `concurrency` at a time, and returns their durations in
  /// seconds.
  package func run(
    _ count: Int,
    steps: Int,
    concurrency: Int,
    database: String,
    rowByteCount: Int = 200
  ) -> [Double] {
    let store = RawStore(path: database) { rows in
      self.durable.withLock { $0 += rows }
      sem_post(self.news)
    }
    let data = [UInt8](repeating: 7, count: rowByteCount)
    var begins: [Int: ContinuousClock.Instant] = [:]
    var durations: [Double] = []
    var started = 0
    func begin() {
      guard started < count else { return }
      started += 1
      begins[started] = .now
      store.append(RawStore.Row(run: started, step: 1, data: data))
    }
    for _ in 0..<concurrency { begin() }
    while durations.count < count {
      sem_wait(news)
      let rows = durable.withLock { rows in
        defer { rows = [] }
        return rows
      }
      for row in rows {
        if row.step < steps {
          store.append(RawStore.Row(run: row.run, step: row.step + 1, data: data))
        } else if let start = begins.removeValue(forKey: row.run) {
          durations.append((ContinuousClock.now - start) / .seconds(1))
          begin()
        }
      }
    }
    store.close()
    return durations
  }
}
