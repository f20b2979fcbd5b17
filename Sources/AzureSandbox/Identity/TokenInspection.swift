internal import OrderedJSON

/// Whether a token would be accepted, and why not.
struct TokenInspection {
  enum Verdict: String {
    case active
    case expired
    case revoked
    /// Not made by this sandbox, or changed.
    case foreign
  }

  let verdict: Verdict
  /// `nil` for a foreign token: nothing that it says can be believed.
  let claims: JSON?

  var json: JSON {
    [
      "active": .bool(verdict == .active), "status": .string(verdict.rawValue),
      "claims": claims ?? .null,
    ]
  }
}
