/// When a failed request is sent again.
///
/// Source: workflow language reference, section f.5.
package struct RetryPolicy: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable {
    case none
    case fixed
    case exponential
  }

  package var kind: Kind
  /// Retries after the first attempt, 0 to 90.
  package var count: Int
  package var interval: Duration
  package var minimumInterval: Duration
  package var maximumInterval: Duration

  package init(
    kind: Kind,
    count: Int,
    interval: Duration,
    minimumInterval: Duration,
    maximumInterval: Duration
  ) {
    self.kind = kind
    self.count = count
    self.interval = interval
    self.minimumInterval = minimumInterval
    self.maximumInterval = maximumInterval
  }

  /// Four retries, exponential from 7 s, each delay between 5 and 45 s.
  package static let standard = RetryPolicy(
    kind: .exponential,
    count: 4,
    interval: .seconds(7),
    minimumInterval: .seconds(5),
    maximumInterval: .seconds(45)
  )

  package static let never = RetryPolicy(
    kind: .none,
    count: 0,
    interval: .zero,
    minimumInterval: .zero,
    maximumInterval: .zero
  )
}
