internal import OrderedJSON

/// Whether a token would be accepted, and why not.
struct TokenInspection {
  enum Verdict: String {
    case active
    case expired
    /// Revoked, or made with an access key that is no more.
    case revoked
    /// Not made by this sandbox, changed, or of a resource that is no more.
    case foreign
  }

  /// Whose token it is.
  struct User: Sendable {
    let id: UserID
    let resource: SandboxResource
    let scopes: Set<TokenScope>
  }

  let verdict: Verdict
  /// `nil` for a foreign token: nothing that it says can be believed.
  var user: User?
  var claims: JSON?

  var json: JSON {
    [
      "active": .bool(verdict == .active), "status": .string(verdict.rawValue),
      "claims": claims ?? .null,
    ]
  }
}
