/// The addresses and messages of one identity provider, with placeholders such as `{ClientId}`.
///
/// Source: connector format reference, section (e), oauthSetting.
struct OAuthTemplates: Sendable {
  static let authorizationQuery =
    "?client_id={ClientId}&response_type=code&redirect_uri={RedirectUrl}&scope={Scopes}"
    + "&state={State}"
  static let tokenBody =
    "code={Code}&grant_type=authorization_code&redirect_uri={RedirectUrl}"
    + "&client_id={ClientId}&client_secret={ClientSecret}"
  static let refreshBody =
    "refresh_token={RefreshToken}&grant_type=refresh_token"
    + "&client_id={ClientId}&client_secret={ClientSecret}"

  var authorizationURL: String
  var authorizationQuery = Self.authorizationQuery
  var tokenURL: String
  var tokenQuery = ""
  var tokenBody = Self.tokenBody
  var refreshURL: String
  var refreshQuery = ""
  var refreshBody = Self.refreshBody
  var scopeDelimiter = " "
}
