/// Who makes a request.
enum Caller: Sendable {
  /// Whoever holds this access key.
  case key([UInt8])
  /// An application or managed identity, by its object id.
  case application(String)
  /// Whoever is on this machine, for the sandbox's own paths.
  case machine
  /// A user, whose token has these scopes.
  case user(UserID, scopes: Set<TokenScope>)
  /// A user of Teams, with the token of the sign-in.
  case teamsUser(TeamsUser)
}
