internal import HTTPMessages

/// The user who calls the Chat service, and what the token's scopes allow.
///
/// Source: Azure Communication fact sheet, section 2 ("Scopes").
struct ChatCaller {
  let identifier: CommunicationIdentifier
  private let scopes: Set<TokenScope>

  /// - Throws: 403 `Forbidden` for a token without any scope of chat.
  init(_ call: ServiceCall) throws(Problem) {
    guard case .user(let id, let scopes) = call.admission.caller else {
      preconditionFailure("the service of '\(call.request.path)' takes no users")
    }
    identifier = CommunicationIdentifier(rawID: id.text(in: call.resource))
    self.scopes = scopes
    try require([.chat, .chatJoin, .chatJoinLimited])
  }

  /// - Throws: 403 `Forbidden` for scopes that only let the user join.
  func requireThreadRights() throws(Problem) { try require([.chat]) }

  /// - Throws: 403 `Forbidden` for scopes that leave the participants as they are.
  func requireParticipantRights() throws(Problem) { try require([.chat, .chatJoin]) }

  private func require(_ allowed: Set<TokenScope>) throws(Problem) {
    guard scopes.isDisjoint(with: allowed) else { return }
    throw Problem(403, "Forbidden", "The token scope does not allow this.")
  }
}
