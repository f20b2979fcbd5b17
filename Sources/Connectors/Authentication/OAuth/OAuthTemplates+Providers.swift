internal import Definitions
internal import Diagnostics

extension OAuthTemplates {
  /// The templates of a provider.
  ///
  /// - Throws: K0007 when the settings lack an address.
  init(_ settings: OAuthSettings, signIn: [String: String]) throws(Diagnostic) {
    switch settings.identityProvider {
    case "aad", "aadcertificate": self = Self.entra(settings, signIn)
    case "oauth2generic": self = try Self.generic(settings)
    case "facebook": self = Self.facebook
    case "docusign": self = Self.docuSign
    default: self = try Self.standard(settings)
    }
  }

  private static func standard(_ settings: OAuthSettings) throws(Diagnostic) -> OAuthTemplates {
    let token = try required("tokenUrl", settings)
    let refresh = settings.settings["refreshurl"] ?? ""
    return OAuthTemplates(
      authorizationURL: try required("authorizationUrl", settings),
      tokenURL: token,
      refreshURL: refresh.isEmpty ? token : refresh
    )
  }

  /// The current endpoints; `resource` of the old ones becomes a scope.
  private static func entra(_ settings: OAuthSettings, _ signIn: [String: String])
    -> OAuthTemplates
  {
    var login = settings.settings["loginuri"] ?? ""
    if login.isEmpty || login.contains("login.windows.net") {
      login = "https://login.microsoftonline.com"
    }
    while login.hasSuffix("/") { login.removeLast() }
    let chosen = signIn.first { $0.key.lowercased() == "token:tenantid" }?.value
    let tenant = [chosen, settings.settings["tenantid"]].compactMap { $0 }.first { !$0.isEmpty }
    let base = "\(login)/\(ComponentEncoding.encode(tenant ?? "common"))/oauth2/v2.0"
    return OAuthTemplates(
      authorizationURL: base + "/authorize",
      tokenURL: base + "/token",
      tokenBody: tokenBody + "&scope={Scopes}",
      refreshURL: base + "/token",
      refreshBody: refreshBody + "&scope={Scopes}"
    )
  }

  private static func generic(_ settings: OAuthSettings) throws(Diagnostic) -> OAuthTemplates {
    let values = settings.settings
    let token = try required("tokenUrlTemplate", settings)
    return OAuthTemplates(
      authorizationURL: try required("authorizationUrlTemplate", settings),
      authorizationQuery: values["authorizationurlquerystringtemplate"] ?? authorizationQuery,
      tokenURL: token,
      tokenQuery: values["tokenurlquerystringtemplate"] ?? "",
      tokenBody: values["tokenbodytemplate"] ?? tokenBody,
      refreshURL: values["refreshurltemplate"].flatMap { $0.isEmpty ? nil : $0 } ?? token,
      refreshQuery: values["refreshurlquerystringtemplate"] ?? "",
      refreshBody: values["refreshbodytemplate"] ?? refreshBody,
      scopeDelimiter: values["scopelistdelimiter"] ?? " "
    )
  }

  private static let facebook = OAuthTemplates(
    authorizationURL: "https://www.facebook.com/dialog/oauth",
    tokenURL: "https://graph.facebook.com/oauth/access_token",
    refreshURL: "https://graph.facebook.com/oauth/access_token",
    scopeDelimiter: ","
  )

  private static let docuSign = OAuthTemplates(
    authorizationURL: "https://account.docusign.com/oauth/auth",
    tokenURL: "https://account.docusign.com/oauth/token",
    refreshURL: "https://account.docusign.com/oauth/token"
  )

  private static func required(_ name: String, _ settings: OAuthSettings) throws(Diagnostic)
    -> String
  {
    if let value = settings.settings[name.lowercased()], !value.isEmpty { return value }
    throw Diagnostic(
      .signInSettingsDefect,
      "the sign-in settings lack '\(name)'",
      hint: "add it to 'customParameters' of the oauthSetting in apiProperties.json"
    )
  }
}
