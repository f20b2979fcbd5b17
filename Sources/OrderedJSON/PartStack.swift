/// Parts of containers that are still open; the last ones leave together once theirs is closed.
///
/// They are moved and not copied, and every array is allocated once, in full.
struct PartStack<Part>: ~Copyable {
  private var storage = UnsafeMutableBufferPointer<Part>(start: nil, count: 0)
  private(set) var count = 0

  deinit {
    storage[..<count].deinitialize()
    storage.deallocate()
  }

  mutating func append(_ part: consuming Part) {
    if count == storage.count { grow() }
    storage.initializeElement(at: count, to: part)
    count += 1
  }

  private mutating func grow() {
    let larger = UnsafeMutableBufferPointer<Part>.allocate(capacity: max(16, count * 2))
    _ = larger.moveInitialize(fromContentsOf: storage[..<count])
    storage.deallocate()
    storage = larger
  }

  /// Takes the parts from `first` on off the stack.
  mutating func take(from first: Int) -> [Part] {
    let leaving = storage[first..<count]
    count = first
    guard !leaving.isEmpty else { return [] }
    return Array(unsafeUninitializedCapacity: leaving.count) { array, initializedCount in
      initializedCount = array.moveInitialize(fromContentsOf: leaving)
    }
  }
}
