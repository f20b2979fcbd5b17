/// The application that an operator registered with an identity provider.
package struct OAuthClient: Sendable {
  package var id: String
  package var secret: String
  /// Our callback address, as it is registered.
  package var redirectURL: String

  package init(id: String, secret: String, redirectURL: String) {
    self.id = id
    self.secret = secret
    self.redirectURL = redirectURL
  }
}
