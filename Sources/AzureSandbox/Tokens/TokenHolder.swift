/// Whom a token is of: an application or a managed identity.
struct TokenHolder: Sendable {
  let clientID: String
  /// Its object id, which roles are assigned to.
  let principalID: String
}
