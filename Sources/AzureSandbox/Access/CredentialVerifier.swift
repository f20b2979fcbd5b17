internal import HTTPMessages
internal import Timekeeping

/// Checks the credential of a request, and finds the resource that the request is for.
///
/// Source: Azure Communication fact sheet, sections 1.2, 1.3 and 8.4.
struct CredentialVerifier: Sendable {
  static let serviceAudience = "https://communication.azure.com"
  static let managementAudiences = [
    "https://management.azure.com", "https://management.core.windows.net",
  ]

  let resources: ResourceDirectory
  let signatures: SignatureVerifier
  let tokens: BearerTokens
  let missingRoleStatus: Int
  /// Judges the token of a user.
  let inspect: @Sendable (String, Timestamp) -> TokenInspection
  let teams: TeamsExtension

  /// - Throws: 401 `Denied`, or what the configuration wants for a missing role.
  func admit(
    _ request: HTTPRequest,
    to access: ServiceAccess,
    at now: Timestamp
  ) throws(Problem) -> Admission {
    let admission =
      switch access {
      case .resource:
        request.bearerToken == nil ? try admitKey(request, now) : try admitApplication(request, now)
      case .user: try admitUser(request, now)
      case .teamsUser: try admitTeamsUser(request, now)
      case .management:
        Admission(
          caller: .application(
            try tokens.principal(of: request, for: Self.managementAudiences, at: now)
          ),
          resource: nil
        )
      }
    guard admission.resource?.publicNetworkAccess != "Disabled" else { throw Self.privateOnly }
    return admission
  }

  /// A request of this machine comes over the public network as far as the service is concerned.
  private static let privateOnly: Problem = {
    var problem = Problem(
      403,
      "Forbidden",
      "Public network access is disabled. Please use a private endpoint."
    )
    problem.refusal = CredentialRefusal("the resource has publicNetworkAccess Disabled")
    return problem
  }()

  /// A loopback address names no resource, so there the key that signed tells which one is meant.
  private func admitKey(_ request: HTTPRequest, _ now: Timestamp) throws(Problem) -> Admission {
    let named = resources.resource(host: request.host)
    let candidates = named.map { [$0] } ?? resources.services
    let signature = try signatures.verify(request, keys: candidates.flatMap(\.keys.all), at: now)
    let owner = candidates.first { $0.keys.all.contains(signature.key) }
    guard let owner, !owner.refusesAccessKeys else {
      throw .denied(CredentialRefusal("the resource takes no access keys (disableLocalAuth)"))
    }
    return Admission(caller: .key(signature.key), resource: owner, quirk: signature.quirk)
  }

  private func admitApplication(_ request: HTTPRequest, _ now: Timestamp) throws(Problem)
    -> Admission
  {
    let principal = try tokens.principal(of: request, for: [Self.serviceAudience], at: now)
    let named = resources.resource(host: request.host)
    let candidates = named.map { [$0] } ?? resources.services
    // As with keys: where the host names none, the role tells which resource is meant.
    let resource = candidates.first { resources.permits(.call, to: principal, on: $0.path) }
    guard let resource else {
      let place = candidates.map { "'\($0.path.name)'" }.joined(separator: ", ")
      var problem = Problem.denied(
        CredentialRefusal("the principal '\(principal)' has no role on the resource \(place)")
      )
      problem.status = missingRoleStatus
      throw problem
    }
    return Admission(caller: .application(principal), resource: resource)
  }

  private func admitUser(_ request: HTTPRequest, _ now: Timestamp) throws(Problem) -> Admission {
    guard let token = request.bearerToken else {
      throw .denied(
        CredentialRefusal("this service takes the token of a user: 'Authorization: Bearer …'")
      )
    }
    let inspection = inspect(token, now)
    guard inspection.verdict == .active, let user = inspection.user else {
      throw .denied(CredentialRefusal("the token of the user is \(inspection.verdict.rawValue)"))
    }
    let named = resources.resource(host: request.host)
    guard named == nil || named?.id == user.resource.id else {
      throw .denied(CredentialRefusal("the user belongs to another resource than the host names"))
    }
    return Admission(caller: .user(user.id, scopes: user.scopes), resource: user.resource)
  }
}

extension CredentialVerifier {
  /// Where the host names no resource, the assignment of the user tells which one is meant.
  private func admitTeamsUser(_ request: HTTPRequest, _ now: Timestamp) throws(Problem)
    -> Admission
  {
    let user = try teams.signIns.user(of: request.bearerToken, at: now)
    let candidates = resources.resource(host: request.host).map { [$0] } ?? resources.services
    guard let resource = candidates.first(where: { teams.assigns(user, to: $0) }) else {
      var problem = Problem.denied(
        CredentialRefusal(
          "the Teams user '\(user.id)' is not assigned to the resource with the application "
            + "'\(user.application)'"
        )
      )
      problem.status = missingRoleStatus
      throw problem
    }
    return Admission(caller: .teamsUser(user), resource: resource)
  }
}

extension HTTPRequest {
  /// What follows `Bearer ` in the `Authorization` header.
  var bearerToken: String? {
    let text = headers.first("Authorization") ?? ""
    return text.hasPrefix(BearerTokens.scheme)
      ? String(text.dropFirst(BearerTokens.scheme.count)) : nil
  }
}
