/// An instant in UTC with the resolution of the workflow language: 100 nanoseconds.
package struct Timestamp: Hashable, Sendable, Comparable {
  /// Ticks of 100 ns since 1970-01-01T00:00:00Z.
  package var ticks: Int64

  package static let ticksPerSecond: Int64 = 10_000_000

  /// The first and the last instant there are.
  package static let distantPast = Timestamp(ticks: .min)
  package static let distantFuture = Timestamp(ticks: .max)

  package init(ticks: Int64) { self.ticks = ticks }

  /// - Parameter seconds: Whole seconds since 1970.
  package init(seconds: Int64) { ticks = seconds * Self.ticksPerSecond }

  package static func < (left: Timestamp, right: Timestamp) -> Bool { left.ticks < right.ticks }

  /// The instant later by a length of time; beyond the range the last one there is.
  package static func + (left: Timestamp, right: Duration) -> Timestamp {
    let (sum, overflow) = left.ticks.addingReportingOverflow(right.ticks)
    return Timestamp(ticks: overflow ? (right.ticks < 0 ? .min : .max) : sum)
  }

  /// The instant earlier by a length of time; beyond the range the first one there is.
  package static func - (left: Timestamp, right: Duration) -> Timestamp {
    let (difference, overflow) = left.ticks.subtractingReportingOverflow(right.ticks)
    return Timestamp(ticks: overflow ? (right.ticks < 0 ? .max : .min) : difference)
  }

  /// The length of time between two instants; beyond the range the longest one there is.
  package static func - (left: Timestamp, right: Timestamp) -> Duration {
    let (difference, overflow) = left.ticks.subtractingReportingOverflow(right.ticks)
    return Duration(ticks: overflow ? (left < right ? .min : .max) : difference)
  }
}

extension Duration {
  /// - Parameter ticks: Units of 100 ns.
  package init(ticks: Int64) {
    let (seconds, rest) = ticks.quotientAndRemainder(dividingBy: Timestamp.ticksPerSecond)
    self.init(secondsComponent: seconds, attosecondsComponent: rest * 100_000_000_000)
  }

  /// Whole units of 100 ns; beyond the range of about 29,000 years the largest there are.
  package var ticks: Int64 {
    let (seconds, overflow) = components.seconds
      .multipliedReportingOverflow(by: Timestamp.ticksPerSecond)
    let rest = components.attoseconds / 100_000_000_000
    let (sum, carry) = seconds.addingReportingOverflow(rest)
    return overflow || carry ? (components.seconds < 0 ? .min : .max) : sum
  }

  /// The length in seconds.
  package var seconds: Double { Double(ticks) / Double(Timestamp.ticksPerSecond) }
}

extension Timestamp: CustomStringConvertible {
  /// ISO 8601 in UTC with seven fraction digits: `2026-11-20T21:15:00.1234567Z`.
  ///
  /// Instants outside the years 1 to 9999 print as the first or the last one in them.
  package var description: String {
    let civil = DateTime(self).civil
    return String(unsafeUninitializedCapacity: 28) { text in
      func write(_ value: Int, _ width: Int, at start: Int, then mark: UInt8) {
        var rest = value
        for place in stride(from: start + width - 1, through: start, by: -1) {
          text[place] = UInt8(ascii: "0") + UInt8(rest % 10)
          rest /= 10
        }
        text[start + width] = mark
      }
      write(civil.year, 4, at: 0, then: UInt8(ascii: "-"))
      write(civil.month, 2, at: 5, then: UInt8(ascii: "-"))
      write(civil.day, 2, at: 8, then: UInt8(ascii: "T"))
      write(civil.hour, 2, at: 11, then: UInt8(ascii: ":"))
      write(civil.minute, 2, at: 14, then: UInt8(ascii: ":"))
      write(civil.second, 2, at: 17, then: UInt8(ascii: "."))
      write(civil.tick, 7, at: 20, then: UInt8(ascii: "Z"))
      return 28
    }
  }
}
