package import Timekeeping

/// How many fires lie in a stretch of time, with the first and the last of them.
package struct FireSpan: Hashable, Sendable {
  package var first: Timestamp
  package var last: Timestamp
  package var count: Int

  package init(first: Timestamp, last: Timestamp, count: Int) {
    self.first = first
    self.last = last
    self.count = count
  }
}
