/// How a connection signs in with OAuth.
///
/// Source: connector format reference, section (e), oauthSetting.
package struct OAuthSettings: Sendable {
  /// In lower case: `oauth2`, `aad`, `aadcertificate`, `oauth2generic`, a vendor's own.
  package var identityProvider: String
  package var clientID: String?
  package var scopes: [String]
  /// Values of `customParameters` by key in lower case.
  package var settings: [String: String]
  /// `AzureActiveDirectoryResourceId` of `properties`, when given.
  package var resourceID: String?

  package init(
    identityProvider: String,
    clientID: String? = nil,
    scopes: [String] = [],
    settings: [String: String] = [:],
    resourceID: String? = nil
  ) {
    self.identityProvider = identityProvider
    self.clientID = clientID
    self.scopes = scopes
    self.settings = settings
    self.resourceID = resourceID
  }
}
