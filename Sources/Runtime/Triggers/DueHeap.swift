import Timekeeping

/// What is due, earliest first.
///
/// An element is not moved when its time changes: it is added anew, and whoever takes it out knows
/// by its version whether it still counts.
struct DueHeap {
  struct Element {
    let due: Timestamp
    let key: Int32
    let version: UInt32
  }

  private var elements: [Element] = []

  var count: Int { elements.count }

  var first: Element? { elements.first }

  /// The elements that are due by a time, in no order; a parent is never later than its children.
  func elements(dueBy time: Timestamp, atMost limit: Int) -> [Element] {
    var found: [Element] = []
    var next = 0
    var open = elements.isEmpty ? [] : [0]
    while next < open.count, found.count < limit {
      let index = open[next]
      next += 1
      guard elements[index].due <= time else { continue }
      found.append(elements[index])
      for child in [2 * index + 1, 2 * index + 2] where child < elements.count {
        open.append(child)
      }
    }
    return found
  }

  mutating func reserve(_ count: Int) { elements.reserveCapacity(count) }

  mutating func add(_ element: Element) {
    elements.append(element)
    var index = elements.count - 1
    while index > 0 {
      let parent = (index - 1) / 2
      guard elements[index].due < elements[parent].due else { return }
      elements.swapAt(index, parent)
      index = parent
    }
  }

  mutating func removeFirst() {
    guard elements.count > 1, let last = elements.popLast() else {
      elements.removeAll(keepingCapacity: true)
      return
    }
    elements[0] = last
    sink(0)
  }

  /// Drops all elements that do not count any more.
  mutating func removeAll(where isStale: (Element) -> Bool) {
    elements.removeAll(where: isStale)
    for index in elements.indices.reversed().dropFirst(elements.count / 2) { sink(index) }
  }

  private mutating func sink(_ start: Int) {
    var index = start
    while true {
      var least = index
      for child in [2 * index + 1, 2 * index + 2]
      where child < elements.count && elements[child].due < elements[least].due {
        least = child
      }
      guard least != index else { return }
      elements.swapAt(index, least)
      index = least
    }
  }
}
