internal import Synchronization

/// The most recent requests, in a ring of fixed size.
final class RequestJournal: Sendable {
  private struct Ring {
    var records: [RequestRecord] = []
    /// Where the oldest record is, once the ring is full.
    var oldest = 0
  }

  private let capacity: Int
  private let ring = Mutex(Ring())

  init(capacity: Int) { self.capacity = capacity }

  func add(_ record: RequestRecord) {
    guard capacity > 0 else { return }
    ring.withLock { ring in
      if ring.records.count < capacity {
        ring.records.append(record)
      } else {
        ring.records[ring.oldest] = record
        ring.oldest = (ring.oldest + 1) % capacity
      }
    }
  }

  /// At most so many records, newest first.
  func recent(_ limit: Int) -> [RequestRecord] {
    ring.withLock { ring in
      let ordered = ring.records[ring.oldest...] + ring.records[..<ring.oldest]
      return ordered.suffix(limit).reversed()
    }
  }

  func clear() { ring.withLock { $0 = Ring() } }
}
