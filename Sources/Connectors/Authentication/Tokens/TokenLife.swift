package import Timekeeping

/// From when to when a token is used, and when a new one is asked for.
///
/// A token is never used in its last five minutes, or in the second half of a life of less than ten.
/// It is renewed ahead of that, while it still serves: after half of a life of two hours and more,
/// otherwise five minutes before it must not be used.
///
/// Source: Azure Communication fact sheet, section 1.5.
package struct TokenLife: Hashable, Sendable {
  /// From here on it is not used; `nil` when its end is not known.
  package let end: Timestamp?
  /// From here on a new one is asked for.
  package let renewal: Timestamp?

  /// - Parameters:
  ///   - obtained: When the token came.
  ///   - expires: When the service stops accepting it.
  ///   - advised: When its provider advises to renew it.
  package init(obtained: Timestamp, expires: Timestamp?, advised: Timestamp? = nil) {
    guard let expires else {
      end = nil
      renewal = advised
      return
    }
    let life = max(.zero, expires - obtained)
    let margin = min(Duration.seconds(300), life / 2)
    let end = expires - margin
    let early = life >= .seconds(7200) ? obtained + life / 2 : end - min(margin, life / 4)
    self.end = end
    renewal = min(end, advised ?? early)
  }

  package func isUsable(at now: Timestamp) -> Bool { end.map { now < $0 } ?? true }

  package func isDue(at now: Timestamp) -> Bool { renewal.map { now >= $0 } ?? false }
}
