package import Definitions
package import Diagnostics

extension TokenCredential {
  /// The credential of a connection; `nil` when its requests carry no token.
  ///
  /// - Parameters:
  ///   - values: The values of the connection in clear.
  ///   - connector: What they are for.
  ///   - redirectURL: Where the provider sends people back to.
  ///   - setting: App settings, from which a workload identity takes what the values lack.
  /// - Returns: What to get the token with.
  /// - Throws: K0002 for a missing value, K0007 for settings without an address.
  package static func of(
    _ values: ConnectionValues,
    _ connector: Connector,
    redirectURL: String = "",
    setting: (String) -> String?
  ) throws(Diagnostic) -> TokenCredential? {
    guard let set = connector.parameterSet(values.parameterSet) else { return nil }
    if let oauth = set.oauth?.oauth {
      return .signIn(try signInFlow(oauth, values, redirectURL))
    }
    guard let grant = set.token else { return nil }
    let reader = Reader(values: values, set: set, connector: connector)
    switch grant.kind {
    case .clientSecret:
      return .secret(try reader.client(grant, setting), try reader.required("clientSecret"))
    case .clientCertificate:
      return .certificate(try reader.client(grant, setting), try reader.certificate())
    case .workloadIdentity:
      let path = try reader.required("tokenFile", or: setting("AZURE_FEDERATED_TOKEN_FILE"))
      return .federated(try reader.client(grant, setting, usesSettings: true), path: path)
    case .managedIdentity:
      return .managedIdentity(ManagedIdentity(scope: grant.scope, selector: reader.selector))
    case .clientCredentials: return .client(try reader.clientFlow(grant))
    }
  }

  /// The operator's own application comes from the values; a published one is often a placeholder.
  private static func signInFlow(
    _ oauth: OAuthSettings,
    _ values: ConnectionValues,
    _ redirectURL: String
  ) throws(Diagnostic) -> OAuthFlow {
    try OAuthFlow(
      settings: oauth,
      signIn: values.values.filter { $0.key.lowercased().hasPrefix("token:") },
      client: OAuthClient(
        id: values.value("token:ClientId", in: nil) ?? oauth.clientID ?? "",
        secret: values.value("token:ClientSecret", in: nil) ?? "",
        redirectURL: redirectURL
      )
    )
  }
}

/// Takes the values of a grant out of a connection.
private struct Reader {
  let values: ConnectionValues
  let set: ConnectionParameterSet
  let connector: Connector

  func optional(_ key: String) -> String? {
    values.value(key, in: set).flatMap { $0.isEmpty ? nil : $0 }
  }

  func required(_ key: String, or other: String? = nil) throws(Diagnostic) -> String {
    if let value = optional(key) ?? other, !value.isEmpty { return value }
    if let parameter = set.parameter(key) {
      throw ConnectionCheck.missingValue(parameter, connector)
    }
    throw Diagnostic(
      .missingConnectionValue,
      "the connection to '\(connector.name)' lacks '\(key)'",
      hint: "set it"
    )
  }

  func client(_ grant: TokenGrant, _ setting: (String) -> String?, usesSettings: Bool = false)
    throws(Diagnostic) -> EntraClient
  {
    EntraClient(
      authority: optional("authority") ?? setting("AZURE_AUTHORITY_HOST"),
      tenant: try required("tenantId", or: usesSettings ? setting("AZURE_TENANT_ID") : nil),
      clientID: try required("clientId", or: usesSettings ? setting("AZURE_CLIENT_ID") : nil),
      scope: grant.scope
    )
  }

  func certificate() throws(Diagnostic) -> TokenCredential.CertificateText {
    let text = try required("certificate")
    guard !text.contains("-----BEGIN") else { return .pem(text) }
    return .pkcs12(base64: text, password: optional("certificatePassword") ?? "")
  }

  var selector: ManagedIdentity.Selector? {
    optional("clientId").map { .clientID($0) } ?? optional("objectId").map { .objectID($0) }
      ?? optional("resourceId").map { .resourceID($0) }
  }

  func clientFlow(_ grant: TokenGrant) throws(Diagnostic) -> OAuthFlow {
    let url = grant.tokenURL ?? ""
    return try OAuthFlow(
      settings: OAuthSettings(
        identityProvider: "oauth2",
        scopes: grant.scope.isEmpty ? [] : [grant.scope],
        settings: ["tokenurl": url, "authorizationurl": url]
      ),
      signIn: [:],
      client: OAuthClient(
        id: try required("clientId"),
        secret: try required("clientSecret"),
        redirectURL: ""
      )
    )
  }
}
