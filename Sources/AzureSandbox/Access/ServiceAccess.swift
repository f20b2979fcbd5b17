/// How the callers of a service prove who they are.
enum ServiceAccess: Sendable {
  /// By an access key of the resource, or by a bearer token for the service with a role on it.
  case resource
  /// By the token of a user, made by the Identity service.
  case user
  /// By the token with which a user of Teams signed in.
  case teamsUser
  /// By a bearer token for Azure Resource Manager.
  case management
}
