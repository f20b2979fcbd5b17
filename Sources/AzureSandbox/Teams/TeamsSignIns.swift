internal import Crypto
internal import HTTPMessages
internal import OrderedJSON
internal import Seams
internal import Timekeeping

/// The users of Teams who have signed in, by the token that they got.
///
/// Source: Azure Communication fact sheet, section 2 ("Exchange Teams token").
struct TeamsSignIns: Sendable {
  private static let life = Duration.seconds(3600)

  private let users: StateCell<[String: TeamsUser]>
  private let entropy: any Entropy
  private let tenant: String

  init(_ parts: SandboxParts) {
    tenant = parts.tenant.id
    users = StateCell("teams sign-ins", [:], on: parts.shelf)
    entropy = parts.sources.stream("teams sign-ins")
  }

  /// Signs a user in, for `POST /_sandbox/teams-users`.
  ///
  /// - Throws: 400 `ValidationError` for ids that are no texts.
  func add(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    let body = try call.body()
    let members = ["userId", "appId", "tenantId"]
    for member in members where body[member].map({ $0.stringValue == nil }) == true {
      throw .validation("'\(member)' must be a string.")
    }
    let user = TeamsUser(
      id: body["userId"]?.stringValue ?? entropy.uuid(),
      application: body["appId"]?.stringValue ?? entropy.uuid(),
      expires: call.now + Self.life,
      tenant: body["tenantId"]?.stringValue ?? tenant
    )
    let token = "sandbox." + Base64.encodeURL(entropy.bytes(24))
    users.change { $0[token] = user }
    return .json(201, user.json(token: token))
  }

  /// Whose token a request carries.
  ///
  /// - Throws: 401 `Denied` for none, and for one that the sandbox did not give or that has expired.
  func user(of token: String?, at now: Timestamp) throws(Problem) -> TeamsUser {
    guard let user = users.read({ $0[token ?? ""] }), user.expires > now else {
      throw Self.unknown
    }
    return user
  }

  private static let unknown = Problem.denied(
    CredentialRefusal(
      "no Teams user has signed in with this token; POST /_sandbox/teams-users signs one in"
    )
  )

  /// Whose token it is.
  ///
  /// - Throws: 400 `ValidationError` for a malformed request, 401 `Denied` for a token that was not
  ///   given to this user of this application, or has expired.
  func user(of call: ServiceCall) throws(Problem) -> TeamsUser {
    let body = try call.body()
    for member in ["token", "appId", "userId"] where body[member]?.stringValue?.isEmpty != false {
      throw .validation("\(member): is required.")
    }
    let user = users.read { $0[body["token"]?.stringValue ?? ""] }
    guard let user, user.expires > call.now, user.id == body["userId"]?.stringValue,
      user.application == body["appId"]?.stringValue
    else { throw Self.unknown }
    return user
  }
}
