internal import Crypto
internal import HTTPMessages
internal import HTTPServer
internal import OrderedJSON
internal import Seams
internal import Timekeeping

/// The endpoints that give tokens: the identity provider's, and those of managed identities.
///
/// Source: Azure Communication fact sheet, sections 1.3, 1.4 and 8.13.
struct TokenService: Sendable {
  private typealias Action =
    @Sendable (HTTPRequest, Timestamp) throws(TokenRefusal) -> HTTPResponse

  static let resources = [
    "https://communication.azure.com", "https://management.azure.com",
    "https://management.core.windows.net",
  ]

  let tenant: SandboxTenant
  let tokens: BearerTokens
  let resources: ResourceDirectory
  private let entropy: any Entropy

  init(
    tenant: SandboxTenant,
    tokens: BearerTokens,
    resources: ResourceDirectory,
    entropy: any Entropy
  ) {
    self.tenant = tenant
    self.resources = resources
    self.tokens = tokens
    self.entropy = entropy
  }

  /// The answer to a request for one of these endpoints; `nil` for any other.
  func answer(_ request: HTTPRequest, at now: Timestamp) -> HTTPResponse? {
    guard let (method, action) = endpoint(request.path) else { return nil }
    do throws(TokenRefusal) {
      guard request.method == method else {
        throw TokenRefusal(405, "invalid_request", 900_561, "The endpoint accepts \(method) only.")
      }
      return try action(request, now)
    } catch {
      return error.response(at: now, trace: entropy.uuid())
    }
  }

  private func endpoint(_ path: String) -> (String, Action)? {
    switch path {
    case SandboxTenant.metadataPath: return ("GET", metadataToken)
    case SandboxTenant.appServicePath: return ("GET", appServiceToken)
    default: break
    }
    let parts = path.split(separator: "/").map(String.init)
    guard let first = parts.first else { return nil }
    switch parts.dropFirst().joined(separator: "/") {
    case "oauth2/v2.0/token":
      return ("POST", { request, now throws(TokenRefusal) in try token(first, request, now) })
    case "v2.0/.well-known/openid-configuration", ".well-known/openid-configuration":
      return ("GET", { request, _ throws(TokenRefusal) in try discovery(first, request) })
    case "discovery/v2.0/keys":
      return ("GET", { _, _ throws(TokenRefusal) in .json(200, tokens.keySet) })
    default: return nil
    }
  }

  // MARK: Identity provider

  private func token(_ name: String, _ request: HTTPRequest, _ now: Timestamp)
    throws(TokenRefusal) -> HTTPResponse
  {
    try requireTenant(name)
    let form = TokenForm(request)
    guard let grant = form["grant_type"] else { throw Self.missing("grant_type") }
    guard grant == "client_credentials" else {
      let message = "The app requested an unsupported grant type '\(grant)'."
      throw TokenRefusal(400, "unsupported_grant_type", 70_003, message)
    }
    guard let client = form["client_id"] else { throw Self.missing("client_id") }
    guard client == tenant.clientID else {
      let message = "Application with identifier '\(client)' was not found in the directory."
      throw TokenRefusal(400, "unauthorized_client", 700_016, message)
    }
    try ClientProof(tenant: tenant).check(form, at: now)
    let audience = try audience(of: form["scope"])
    let life = JSON.integer(Int64(tokens.life.seconds))
    let token = tokens.issue(
      to: tenant.application,
      for: audience,
      authority: Self.authority(request),
      at: now
    )
    return Self.secret([
      "token_type": "Bearer", "expires_in": life, "ext_expires_in": life,
      "access_token": .string(token),
    ])
  }

  private func audience(of scope: String?) throws(TokenRefusal) -> String {
    guard let scope else { throw Self.missing("scope") }
    guard scope.hasSuffix("/.default") else {
      let message =
        "The provided value for scope '\(scope)' is not valid: it must end in /.default."
      throw TokenRefusal(400, "invalid_scope", 1_002_012, message)
    }
    let audience = String(scope.dropLast(9))
    guard Self.resources.contains(BearerTokens.resource(audience)) else {
      let message = "The resource principal named '\(audience)' was not found in the tenant."
      throw TokenRefusal(400, "invalid_resource", 500_011, message)
    }
    return audience
  }

  private func requireTenant(_ name: String) throws(TokenRefusal) {
    guard name == tenant.id || ["common", "organizations"].contains(name) else {
      throw TokenRefusal(400, "invalid_request", 90_002, "Tenant '\(name)' not found.")
    }
  }

  private static func missing(_ name: String) -> TokenRefusal {
    let message = "The request body must contain the following parameter: '\(name)'."
    return TokenRefusal(400, "invalid_request", 900_144, message)
  }

  /// Source: OpenID Connect Discovery 1.0, section 3.
  private func discovery(_ name: String, _ request: HTTPRequest) throws(TokenRefusal)
    -> HTTPResponse
  {
    try requireTenant(name)
    let authority = Self.authority(request)
    let base = "\(authority)/\(tenant.id)"
    return .json(
      200,
      [
        "issuer": .string(tokens.issuer(authority)),
        "token_endpoint": .string(base + "/oauth2/v2.0/token"),
        "authorization_endpoint": .string(base + "/oauth2/v2.0/authorize"),
        "jwks_uri": .string(base + "/discovery/v2.0/keys"),
        "token_endpoint_auth_methods_supported": ["client_secret_post", "private_key_jwt"],
        "response_types_supported": ["code"], "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["ES256"],
        "tenant_region_scope": .null, "cloud_instance_name": .string(request.authority),
      ]
    )
  }

  // MARK: Answers

  static func authority(_ request: HTTPRequest) -> String {
    "\(request.scheme)://\(request.authority)"
  }

  static func secret(_ body: JSONObject) -> HTTPResponse {
    var response = HTTPResponse.json(200, .object(body))
    response.headers.append("Cache-Control", "no-store")
    return response
  }
}
