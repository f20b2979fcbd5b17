internal import Timekeeping

/// The users of a resource.
struct IdentityState: Codable, Sendable {
  struct User: Codable, Sendable {
    /// Chosen by the caller, in preview versions.
    var customID: String?
    var lastTokenIssued: Timestamp?
    /// Tokens issued up to this time are revoked.
    var revoked: Timestamp?
  }

  private(set) var users: [UserID: User] = [:]
  /// When they were deleted, because their tokens may live on for a while.
  private(set) var deleted: [UserID: Timestamp] = [:]
  private var customIDs: [String: UserID] = [:]

  /// The user with this custom id, or else a new one under the id given.
  mutating func create(_ id: UserID, customID: String?) -> UserID {
    if let customID, let existing = customIDs[customID] { return existing }
    users[id] = User(customID: customID)
    if let customID { customIDs[customID] = id }
    return id
  }

  /// Returns whether there is such a user.
  mutating func noteToken(for id: UserID, at now: Timestamp) -> Bool {
    guard users[id] != nil else { return false }
    users[id]?.lastTokenIssued = now
    return true
  }

  /// Returns whether there is such a user.
  mutating func revoke(_ id: UserID, at now: Timestamp) -> Bool {
    guard users[id] != nil else { return false }
    users[id]?.revoked = now
    return true
  }

  /// Returns whether there is, or was, such a user; a second deletion changes nothing.
  mutating func delete(_ id: UserID, at now: Timestamp) -> Bool {
    guard let user = users.removeValue(forKey: id) else { return deleted[id] != nil }
    if let customID = user.customID { customIDs.removeValue(forKey: customID) }
    deleted[id] = now
    return true
  }

  /// When the tokens of a user that were issued at this time were revoked, if they were.
  func revocation(of id: UserID, issued: Timestamp) -> Timestamp? {
    if let deleted = deleted[id] { return deleted }
    guard let revoked = users[id]?.revoked, issued <= revoked else { return nil }
    return revoked
  }
}
