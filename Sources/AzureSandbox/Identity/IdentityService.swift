internal import HTTPMessages
internal import OrderedJSON
internal import Seams
internal import Timekeeping

/// Users and their tokens.
///
/// Source: Azure Communication fact sheet, section 2.
final class IdentityService: SandboxService {
  let versions = [
    "2021-03-07", "2022-06-01", "2022-10-01", "2023-08-01", "2023-10-01",
    "2025-03-02-preview", "2025-04-01-preview", "2025-06-30", "2026-07-22",
  ]

  let tokens: UserTokens
  private let windows: IdentityWindows?
  private let revocationDelay: Duration
  private let entropy: any Entropy
  private let states: ResourceStates<IdentityState>
  let teams: TeamsSignIns

  init(_ parts: SandboxParts, teams: TeamsSignIns) {
    tokens = UserTokens(
      resources: parts.resources,
      algorithm: parts.configuration.tokenSigning,
      entropy: parts.sources.lasting("token key")
    )
    windows = parts.configuration.identityLimits.map(IdentityWindows.init)
    revocationDelay = parts.configuration.revocationDelay
    entropy = parts.sources.stream("identities")
    states = ResourceStates("identity", on: parts.shelf, IdentityState())
    self.teams = teams
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
    try (wantsToken ? windows?.createWithToken : windows?.create)?.enter(call)
    let members = try body.get()
    let member = "createTokenWithScopes"
    let order = try TokenOrder(members, scopesIn: member, version: call.version)
    let customID = call.isPreview ? members["customId"]?.stringValue : nil
    let user = add(customID, isIssuedToken: !order.scopes.isEmpty, call)
    var answer: JSONObject = ["identity": ["id": .string(user.text(in: call.resource))]]
    if !order.scopes.isEmpty {
      answer["accessToken"] = tokens.issue(order, to: user, by: call)
    }
    return .json(201, .object(answer))
  }

  private func add(_ customID: String?, isIssuedToken: Bool, _ call: ServiceCall) -> UserID {
    let id = UserID(entropy.bytes(16))
    return states[call.resource].change { state in
      let user = state.create(id, customID: customID)
      if isIssuedToken { _ = state.noteToken(for: user, at: call.now) }
      return user
    }
  }

  private func issue(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    try windows?.issue.enter(call)
    let order = try TokenOrder(try call.body(), scopesIn: "scopes", version: call.version)
    guard !order.scopes.isEmpty else {
      throw .validation("Scopes: at least one token scope is needed.")
    }
    let user = try user(of: call)
    guard states[call.resource].change({ $0.noteToken(for: user, at: call.now) }) else {
      throw Self.notOwned
    }
    return .json(200, tokens.issue(order, to: user, by: call))
  }

  private func revoke(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    try windows?.revoke.enter(call)
    let user = try user(of: call)
    guard states[call.resource].change({ $0.revoke(user, at: call.now) }) else {
      throw Self.notOwned
    }
    return HTTPResponse(status: 204)
  }

  private func delete(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    try windows?.delete.enter(call)
    let user = try user(of: call)
    guard states[call.resource].change({ $0.delete(user, at: call.now) }) else {
      throw Self.notOwned
    }
    return HTTPResponse(status: 204)
  }

  /// Only previews of the service can show a user.
  private func show(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    guard call.isPreview else {
      throw Problem(405, "MethodNotAllowed", "Version '\(call.version)' cannot show a user.")
    }
    let id = try user(of: call)
    guard let user = states[call.resource].read({ $0.users[id] }) else { throw Self.notOwned }
    var answer: JSONObject = ["id": .string(id.text(in: call.resource))]
    answer["customId"] = user.customID.map(JSON.string)
    answer["lastTokenIssuedAt"] = (user.lastTokenIssued?.textWithOffset).map(JSON.string)
    return .json(200, .object(answer))
  }

  private func exchange(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    try windows?.exchange.enter(call)
    guard call.version >= "2022-10-01" else {
      throw Problem(404, "NotFound", "Version '\(call.version)' has no exchange of Teams tokens.")
    }
    return .json(200, tokens.issue(to: try teams.user(of: call), by: call))
  }

  func inventory(of resource: SandboxResource, at now: Timestamp) -> [InventoryNode] {
    let count = states[resource].read(\.users.count)
    return count == 0 ? [] : [InventoryNode(kind: "Users", name: String(count))]
  }

  // MARK: Users

  private static let notOwned = Problem(
    401,
    "IdentityNotOwned",
    "Provided identity doesn't belong to the resource."
  )

  private func user(of call: ServiceCall) throws(Problem) -> UserID {
    guard let user = UserID(call.parameters["id"] ?? "", of: call.resource) else {
      throw Self.notOwned
    }
    return user
  }

  /// Whether a token would be accepted now.
  func inspect(_ token: String, at now: Timestamp) -> TokenInspection {
    guard let claims = tokens.claims(of: token) else {
      return TokenInspection(verdict: .foreign)
    }
    let (user, keys) = (claims.user, claims.user.resource.keys)
    let revocation = states[user.resource].read {
      $0.revocation(of: user.id, issued: claims.issued)
    }
    let isKeyGone = claims.key.map { !keys.all.map(ResourceKeys.fingerprint).contains($0) } ?? false
    let isRevoked = isKeyGone || revocation.map { now >= $0 + revocationDelay } ?? false
    let verdict: TokenInspection.Verdict =
      now >= claims.expires ? .expired : isRevoked ? .revoked : .active
    return TokenInspection(verdict: verdict, user: user, claims: claims.json)
  }
}

extension ServiceCall {
  fileprivate var isPreview: Bool { version.hasSuffix("-preview") }
}
