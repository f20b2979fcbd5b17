/// Spans that wait for their collector: bounded, first in, first out.
package struct TraceQueue: Sendable {
  private let capacity: Int
  private var spans: [TraceSpan] = []

  package init(capacity: Int) { self.capacity = capacity }

  package var count: Int { spans.count }

  /// Adds what there is room for.
  ///
  /// - Returns: How many were dropped.
  package mutating func add(_ new: [TraceSpan]) -> Int {
    let room = max(0, capacity - spans.count)
    spans += new.prefix(room)
    return max(0, new.count - room)
  }

  /// Takes the oldest.
  package mutating func take(_ count: Int) -> [TraceSpan] {
    defer { spans.removeFirst(min(count, spans.count)) }
    return Array(spans.prefix(count))
  }

  /// Puts back what could not be sent, before everything else.
  ///
  /// - Returns: How many were dropped.
  package mutating func putBack(_ old: [TraceSpan]) -> Int {
    let room = max(0, capacity - spans.count)
    spans.insert(contentsOf: old.prefix(room), at: 0)
    return max(0, old.count - room)
  }
}
