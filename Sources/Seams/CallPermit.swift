package import Timekeeping

/// The answer of a throttle window.
package enum CallPermit: Hashable, Sendable {
  /// The call may be sent; the number names it when it is settled.
  case granted(Int64)
  /// The window is full; no call can be granted before this time.
  case full(until: Timestamp)
}
