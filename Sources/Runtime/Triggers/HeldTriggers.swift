import Seams
import Timekeeping

/// The rows of all triggers, found by their name and by when they are due.
///
/// A row has the same key from when it is entered until it is removed; the key may then be that of
/// another one. Nothing here knows what time it is.
struct HeldTriggers: Sendable {
  private var entries: [HeldTrigger?] = []
  private var unused: [Int32] = []
  /// The first entry of each flow, by its name in lower case; it leads to the others.
  private var firsts: [String: Int32] = [:]
  /// Elements of entries that were scheduled anew since do not count; see `takeFirst(dueBy:)`.
  private(set) var heap = DueHeap()
  /// Versions of all entries that ever had a key differ, so that old elements never count.
  private var versions: UInt32 = 0

  /// How many triggers there are.
  var count: Int { entries.count - unused.count }

  mutating func reserve(_ count: Int) {
    entries.reserveCapacity(count)
    firsts.reserveCapacity(count)
    heap.reserve(count)
  }

  // MARK: Finding

  /// `nil` when it was removed.
  subscript(_ key: Int32) -> HeldTrigger? { entries[Int(key)] }

  func row(_ key: Int32) -> StoredTrigger? { self[key]?.stored }

  /// The entry of a trigger by its name, without regard to case.
  func key(_ trigger: String, of flow: String) -> Int32? {
    let name = trigger.lowercased()
    return keys(of: flow).first { row($0)?.trigger.lowercased() == name }
  }

  /// The entries of a flow, whichever version of it they belong to; the newest is the first.
  func keys(of flow: String) -> [Int32] {
    var found: [Int32] = []
    var next = firsts[flow.lowercased()] ?? -1
    while next >= 0 {
      found.append(next)
      next = self[next]?.sibling ?? -1
    }
    return found
  }

  /// The entries that nobody sees to.
  var idle: [Int32] {
    entries.indices.map(Int32.init).filter { self[$0]?.isBusy == false }
  }

  // MARK: Entering

  /// Enters a row, or changes the one of its name, and schedules it for when it says that it is due.
  mutating func enter(_ row: StoredTrigger) {
    if let key = key(row.trigger, of: row.flow) {
      change(key, to: row)
      forgetFailures(key)
      schedule(key, row.due)
      return
    }
    let key = unused.popLast() ?? Int32(entries.count)
    if key == entries.count { entries.append(nil) }
    let flow = row.flow.lowercased()
    var entry = HeldTrigger(row)
    entry.sibling = firsts[flow] ?? -1
    entries[Int(key)] = entry
    firsts[flow] = key
    schedule(key, row.due)
  }

  /// Changes a row, and leaves for when it is scheduled.
  mutating func change(_ key: Int32, to row: StoredTrigger) { entries[Int(key)]?.stored = row }

  mutating func remove(_ key: Int32) {
    guard let row = row(key) else { return }
    let flow = row.flow.lowercased()
    let others = keys(of: flow).filter { $0 != key }
    for (index, other) in others.enumerated() {
      entries[Int(other)]?.sibling = others.dropFirst(index + 1).first ?? -1
    }
    firsts[flow] = others.first
    entries[Int(key)] = nil
    unused.append(key)
  }

  // MARK: Due

  /// Lets an entry be due at a time instead of any it was scheduled for before; never for `nil`.
  mutating func schedule(_ key: Int32, _ due: Timestamp?) {
    guard self[key] != nil else { return }
    versions &+= 1
    entries[Int(key)]?.version = versions
    guard let due else { return }
    heap.add(DueHeap.Element(due: due, key: key, version: versions))
    if heap.count > 2 * entries.count + 64 {
      heap.removeAll { entries[Int($0.key)]?.version != $0.version }
    }
  }

  /// Takes out the entry that is due first, passing over those that somebody sees to; `nil` when no
  /// more are due by a time.
  mutating func takeFirst(dueBy time: Timestamp) -> Int32? {
    while let first = heap.first, first.due <= time {
      heap.removeFirst()
      if counts(first) { return first.key }
    }
    return nil
  }

  /// The entries that will be due by a time, earliest first; `limit` bounds how many elements of the
  /// heap it looks at, those that do not count included.
  func due(by time: Timestamp, atMost limit: Int) -> [Int32] {
    heap.elements(dueBy: time, atMost: limit).sorted { $0.due < $1.due }
      .compactMap { counts($0) ? $0.key : nil }
  }

  private func counts(_ element: DueHeap.Element) -> Bool {
    guard let entry = self[element.key] else { return false }
    return entry.version == element.version && !entry.isBusy
  }

  // MARK: Seeing to them

  /// Keeps others from an entry; `false` when it is gone.
  @discardableResult
  mutating func claim(_ key: Int32) -> Bool {
    entries[Int(key)]?.isBusy = true
    return self[key] != nil
  }

  mutating func release(_ key: Int32) { entries[Int(key)]?.isBusy = false }

  /// Notes that an entry could not be seen to.
  ///
  /// - Returns: How long to wait before the next try: 1 s at first, then twice as long each time, up
  ///   to a minute.
  mutating func noteFailure(_ key: Int32) -> Duration {
    let failures = min(self[key]?.failures ?? 0, 6)
    entries[Int(key)]?.failures = failures + 1
    return .seconds(min(1 << Int(failures), 60))
  }

  mutating func forgetFailures(_ key: Int32) { entries[Int(key)]?.failures = 0 }
}
