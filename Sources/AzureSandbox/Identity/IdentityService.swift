internal import HTTPMessages
internal import OrderedJSON
internal import Seams
internal import Synchronization
internal import Timekeeping

/// Users and their tokens.
///
/// Source: Azure Communication fact sheet, section 2.
final class IdentityService: SandboxService {
  let versions = [
    "2021-03-07", "2022-06-01", "2022-10-01", "2023-08-01", "2023-10-01",
    "2025-03-02-preview", "2025-04-01-preview", "2025-06-30", "2026-07-22",
  ]

  private let resource: SandboxResource
  private let tokens: UserTokens
  private let windows: IdentityWindows?
  private let revocationDelay: Duration
  private let entropy: any Entropy
  private let state = Mutex(IdentityState())

  init(
    _ configuration: SandboxConfiguration,
    of resource: SandboxResource,
    from sources: EntropySources
  ) {
    self.resource = resource
    tokens = UserTokens(
      resource: resource,
      algorithm: configuration.tokenSigning,
      entropy: sources.stream("token key")
    )
    windows = configuration.identityLimits.map(IdentityWindows.init)
    revocationDelay = configuration.revocationDelay
    entropy = sources.stream("identities")
  }

  var operations: [SandboxOperation] {
    [
      SandboxOperation("POST", "/identities", create),
      SandboxOperation("GET", "/identities/{id}", show),
      SandboxOperation("DELETE", "/identities/{id}", delete),
      SandboxOperation("POST", "/identities/{id}/:issueAccessToken", issue),
      SandboxOperation("POST", "/identities/{id}/:revokeAccessTokens", revoke),
      SandboxOperation("POST", "/teamsUser/:exchangeAccessToken", exchange),
    ]
  }

  // MARK: Operations

  private func create(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    // The body tells which window the call counts in, so it is read first and judged after.
    let body = Result { () throws(Problem) in try call.body() }
    let wantsToken = (try? body.get()["createTokenWithScopes"]?.arrayValue?.isEmpty) == false
    try (wantsToken ? windows?.createWithToken : windows?.create)?.enter(at: call.now)
    let members = try body.get()
    let member = "createTokenWithScopes"
    let order = try TokenOrder(members, scopesIn: member, version: call.version)
    let customID = call.isPreview ? members["customId"]?.stringValue : nil
    let user = add(customID, isIssuedToken: !order.scopes.isEmpty, at: call.now)
    var answer: JSONObject = ["identity": ["id": .string(user.text(in: resource))]]
    if !order.scopes.isEmpty {
      answer["accessToken"] = tokens.issue(order, to: user, at: call.now)
    }
    return .json(201, .object(answer))
  }

  private func add(_ customID: String?, isIssuedToken: Bool, at now: Timestamp) -> UserID {
    let id = UserID(entropy.bytes(16))
    return state.withLock { state in
      let user = state.create(id, customID: customID)
      if isIssuedToken { _ = state.noteToken(for: user, at: now) }
      return user
    }
  }

  private func issue(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    try windows?.issue.enter(at: call.now)
    let order = try TokenOrder(try call.body(), scopesIn: "scopes", version: call.version)
    guard !order.scopes.isEmpty else {
      throw .validation("Scopes: at least one token scope is needed.")
    }
    let user = try user(of: call)
    guard state.withLock({ $0.noteToken(for: user, at: call.now) }) else { throw Self.notOwned }
    return .json(200, tokens.issue(order, to: user, at: call.now))
  }

  private func revoke(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    try windows?.revoke.enter(at: call.now)
    let user = try user(of: call)
    guard state.withLock({ $0.revoke(user, at: call.now) }) else { throw Self.notOwned }
    return HTTPResponse(status: 204)
  }

  private func delete(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    try windows?.delete.enter(at: call.now)
    let user = try user(of: call)
    guard state.withLock({ $0.delete(user, at: call.now) }) else { throw Self.notOwned }
    return HTTPResponse(status: 204)
  }

  /// Only previews of the service can show a user.
  private func show(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    guard call.isPreview else {
      throw Problem(405, "MethodNotAllowed", "Version '\(call.version)' cannot show a user.")
    }
    let id = try user(of: call)
    guard let user = state.withLock({ $0.users[id] }) else { throw Self.notOwned }
    var answer: JSONObject = ["id": .string(id.text(in: resource))]
    answer["customId"] = user.customID.map(JSON.string)
    answer["lastTokenIssuedAt"] = (user.lastTokenIssued?.textWithOffset).map(JSON.string)
    return .json(200, .object(answer))
  }

  /// The sandbox has no Teams users, so that every well-formed exchange is denied.
  private func exchange(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    try windows?.exchange.enter(at: call.now)
    guard call.version >= "2022-10-01" else {
      throw Problem(404, "NotFound", "Version '\(call.version)' has no exchange of Teams tokens.")
    }
    let body = try call.body()
    for member in ["token", "appId", "userId"] where body[member]?.stringValue?.isEmpty != false {
      throw .validation("\(member): is required.")
    }
    throw .denied(CredentialRefusal("the sandbox knows no Teams user with this token"))
  }

  // MARK: Users

  private static let notOwned = Problem(
    401,
    "IdentityNotOwned",
    "Provided identity doesn't belong to the resource."
  )

  private func user(of call: ServiceCall) throws(Problem) -> UserID {
    guard let user = UserID(call.parameters["id"] ?? "", of: resource) else { throw Self.notOwned }
    return user
  }

  /// Whether a token would be accepted now.
  func inspect(_ token: String, at now: Timestamp) -> TokenInspection {
    guard let claims = tokens.claims(of: token) else {
      return TokenInspection(verdict: .foreign, claims: nil)
    }
    let revocation = state.withLock { $0.revocation(of: claims.user, issued: claims.issued) }
    let isRevoked = revocation.map { now >= $0 + revocationDelay } ?? false
    let verdict: TokenInspection.Verdict =
      now >= claims.expires ? .expired : isRevoked ? .revoked : .active
    return TokenInspection(verdict: verdict, claims: claims.json)
  }
}

extension ServiceCall {
  fileprivate var isPreview: Bool { version.hasSuffix("-preview") }
}
