/// A managed identity that lives on its own.
struct UserAssignedIdentity: Codable, Sendable {
  var path: ResourcePath
  let clientID: String
  /// Its object id.
  let principalID: String
  var frame: ResourceFrame
}
