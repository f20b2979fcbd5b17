package import Definitions
package import Diagnostics
package import HTTPMessages
internal import OrderedJSON

/// The messages of one sign-in: where to send the person, how to get and renew tokens.
///
/// Source: RFC 6749 sections 4.1, 4.4 and 6; connector format reference, section (e).
package struct OAuthFlow: Sendable {
  /// Where a client shows its secret.
  package enum ClientAuthentication: Sendable {
    case form
    /// For providers that answer `invalid_client` to the form.
    case basic
  }

  private let settings: OAuthSettings
  private let signIn: [String: String]
  private let client: OAuthClient
  private let templates: OAuthTemplates

  /// A flow for the settings of a connection parameter.
  ///
  /// - Parameters:
  ///   - settings: What the connector says about its provider.
  ///   - signIn: The connection's `token:<Name>` values by their whole key.
  ///   - client: The operator's registered application.
  /// - Throws: K0007 when the settings lack an address.
  package init(
    settings: OAuthSettings,
    signIn: [String: String],
    client: OAuthClient
  ) throws(Diagnostic) {
    self.settings = settings
    self.signIn = signIn
    self.client = client
    templates = try OAuthTemplates(settings, signIn: signIn)
  }

  /// Where the person signs in; `state` comes back with the code and must be unguessable.
  ///
  /// - Parameters:
  ///   - state: Comes back with the code, so that nobody else can send one.
  ///   - challenge: The hash of the verifier that `tokenRequest` shows.
  /// - Returns: The URL to open in a browser.
  package func authorizationURL(state: String, challenge: String? = nil) -> String {
    let url = filled(templates.authorizationURL, ["state": state])
    let query = filled(templates.authorizationQuery, ["state": state])
    let joint = joined(url, query)
    guard let challenge else { return joint }
    return joined(joint, "code_challenge=\(challenge)&code_challenge_method=S256")
  }

  /// Exchanges the code for tokens.
  ///
  /// - Throws: K0007 when the address is unusable.
  package func tokenRequest(
    code: String,
    verifier: String? = nil,
    authentication: ClientAuthentication = .form
  ) throws(Diagnostic) -> HTTPRequest {
    let values = ["code": code]
    let proof = verifier.map { "&code_verifier=\(ComponentEncoding.encode($0))" } ?? ""
    return try request(
      joined(filled(templates.tokenURL, values), filled(templates.tokenQuery, values)),
      body: filled(templates.tokenBody, values) + proof,
      authentication
    )
  }

  /// Renews the access token.
  ///
  /// - Throws: K0007 when the address is unusable.
  package func refreshRequest(
    refreshToken: String,
    authentication: ClientAuthentication = .form
  ) throws(Diagnostic) -> HTTPRequest {
    let values = ["refreshtoken": refreshToken]
    return try request(
      joined(filled(templates.refreshURL, values), filled(templates.refreshQuery, values)),
      body: filled(templates.refreshBody, values),
      authentication
    )
  }

  /// Asks for a token of the application itself, without a person.
  ///
  /// - Throws: K0007 when the address is unusable.
  package func clientCredentialsRequest(
    authentication: ClientAuthentication = .form
  ) throws(Diagnostic) -> HTTPRequest {
    let template =
      "grant_type=client_credentials&client_id={ClientId}"
      + "&client_secret={ClientSecret}&scope={Scopes}"
    // Renewal is pointless here, and some providers refuse to be asked for it.
    let own = scopes.split(separator: " ").filter { $0 != "offline_access" }
    let body = filled(template, ["scopes": own.joined(separator: " ")])
    return try request(filled(templates.tokenURL, [:]), body: body, authentication)
  }

  /// Whether the provider wants the secret in another place.
  package static func wantsBasic(_ response: HTTPResponse) -> Bool {
    guard response.status == 400 || response.status == 401 else { return false }
    let body = try? JSON(parsing: response.body)
    return body?["error"] == "invalid_client"
  }

  // MARK: Templates

  private var scopes: String {
    if settings.identityProvider.hasPrefix("aad") {
      var resource = settings.settings["resourceuri"] ?? settings.resourceID ?? ""
      while resource.hasSuffix("/") { resource.removeLast() }
      return resource.isEmpty
        ? settings.scopes.joined(separator: " ")
        : "\(resource)/.default offline_access"
    }
    return settings.scopes.joined(separator: templates.scopeDelimiter)
  }

  /// Fills `{Name}` in, encoded unless the placeholder makes up a host or a whole URL.
  private func filled(_ template: String, _ more: [String: String]) -> String {
    var text = ""
    for part in PathTemplate(template).parts {
      switch part {
      case .literal(let literal): text += literal
      case .variable(let name):
        guard let value = value(name.lowercased(), more) else {
          text += "{\(name)}"
          continue
        }
        let isAddress = text.isEmpty || text.hasSuffix("://") || isInsideHost(text)
        text += isAddress ? value : ComponentEncoding.encode(value)
      }
    }
    return text
  }

  private func isInsideHost(_ text: String) -> Bool {
    guard let start = text.range(after: "://") else { return false }
    return !text[start...].contains { "/?#".contains($0) }
  }

  private func value(_ name: String, _ more: [String: String]) -> String? {
    if let value = more[name] { return value }
    switch name {
    case "clientid": return client.id
    case "clientsecret": return client.secret
    case "redirecturl": return client.redirectURL
    case "scopes": return scopes
    default: return signIn.first { $0.key.lowercased() == "token:" + name }?.value
    }
  }

  private func joined(_ url: String, _ query: String) -> String {
    guard !query.isEmpty else { return url }
    let bare = query.drop { $0 == "?" || $0 == "&" }
    return url + (url.contains("?") ? "&" : "?") + bare
  }

  private func request(
    _ url: String,
    body: String,
    _ authentication: ClientAuthentication
  ) throws(Diagnostic) -> HTTPRequest {
    let headers: HTTPFields = [
      "Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json",
    ]
    guard var request = HTTPRequest(method: "POST", url: url, headers: headers),
      request.scheme == "https"
        || ServiceAddress(scheme: "http", authority: request.authority).isLoopback
    else {
      throw Diagnostic(
        .signInSettingsDefect,
        "the token address of the sign-in settings is no https URL",
        hint: "check the addresses in 'customParameters' and the 'token:' values of the connection"
      )
    }
    var pairs = body.split(separator: "&").map(String.init)
    // A public client has no secret, and an empty one is refused as a wrong one.
    if client.secret.isEmpty { pairs.removeAll { $0 == "client_secret=" } }
    if authentication == .basic {
      pairs.removeAll { $0.hasPrefix("client_id=") || $0.hasPrefix("client_secret=") }
      let pair = [client.id, client.secret].map(ComponentEncoding.encodeForm)
        .joined(separator: ":")
      request.headers["Authorization"] = "Basic \(Base64.encode(Array(pair.utf8)))"
    }
    request.body = Array(pairs.joined(separator: "&").utf8)
    return request
  }
}

extension String {
  fileprivate func range(after needle: String) -> Index? {
    guard let first = firstRange(of: needle) else { return nil }
    return first.upperBound
  }
}
