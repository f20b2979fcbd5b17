package import Timekeeping

/// What a token endpoint gave.
package struct OAuthTokens: Hashable, Sendable {
  package var accessToken: String
  /// `nil` when the old one stays valid, or there is none.
  package var refreshToken: String?
  /// `nil` when the provider does not say.
  package var expires: Timestamp?
  /// When the provider advises to renew it.
  package var renewal: Timestamp?

  package init(
    accessToken: String,
    refreshToken: String? = nil,
    expires: Timestamp? = nil,
    renewal: Timestamp? = nil
  ) {
    self.renewal = renewal
    self.accessToken = accessToken
    self.refreshToken = refreshToken
    self.expires = expires
  }
}
