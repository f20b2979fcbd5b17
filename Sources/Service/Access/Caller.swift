/// Somebody who was let in.
struct Caller: Hashable, Sendable {
  /// The name of the token, or of the system user: the owner of connections and the audit's actor.
  var name: String
  var role: Role
}
