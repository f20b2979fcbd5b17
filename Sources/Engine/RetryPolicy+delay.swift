package import Definitions

extension RetryPolicy {
  /// The wait before retry number `retry` (from 1), `nil` once retries are spent.
  ///
  /// `fraction` in 0 ... 1 picks a point of the range that the policy draws from uniformly. When
  /// the range is empty its upper end is used.
  ///
  /// Source: workflow language reference, section f.5.
  package func delay(beforeRetry retry: Int, fraction: Double) -> Duration? {
    guard retry >= 1, retry <= count else { return nil }
    switch kind {
    case .none: return nil
    case .fixed: return interval
    case .exponential:
      let lower = retry == 1 ? .zero : scaled(retry - 2)
      let upper = min(scaled(retry - 1), maximumInterval)
      let bounded = max(lower, minimumInterval)
      return bounded >= upper ? upper : bounded + (upper - bounded) * fraction
    }
  }

  /// The interval doubled this many times, kept within a year.
  private func scaled(_ doublings: Int) -> Duration {
    let year = Duration.seconds(365 * 86_400)
    return min(interval * (1 << min(doublings, 30)), year)
  }
}

/// Which answers are worth another attempt.
///
/// Source: workflow language reference, section f.5.
package enum RetryRule {
  package static func isRetryable(statusCode: Int) -> Bool {
    statusCode == 408 || statusCode == 429 || (500...599).contains(statusCode)
  }
}
