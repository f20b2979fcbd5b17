/// Says how long to wait before asking a token endpoint again.
///
/// Source: Azure Communication fact sheet, sections 1.3 and 1.4.
package enum TokenRetry {
  /// Who was asked: endpoints of managed identities are absent for a while when they are updated.
  package enum Endpoint: Hashable, Sendable {
    case provider
    case managedIdentity
  }

  /// The wait before the next try.
  ///
  /// - Parameters:
  ///   - status: The status of the answer; `nil` when none came.
  ///   - endpoint: Who was asked.
  ///   - attempt: How many tries there were, from 1.
  ///   - retryAfter: What the answer asks for.
  /// - Returns: `nil` when asking again does not help.
  package static func delay(
    after status: Int?,
    from endpoint: Endpoint,
    attempt: Int,
    retryAfter: Duration?
  ) -> Duration? {
    switch status {
    case 410 where endpoint == .managedIdentity: return attempt <= 7 ? .seconds(10) : nil
    case nil, 408, 429: break
    case .some(500...599): break
    case 404 where endpoint == .managedIdentity: break
    default: return nil
    }
    guard attempt <= 3 else { return nil }
    let backoff = Duration.seconds(1 << (attempt - 1))
    guard let retryAfter else { return backoff }
    // Who asks for a longer pause is not coming back while a flow waits.
    return retryAfter > .seconds(60) ? nil : max(backoff, retryAfter)
  }
}
