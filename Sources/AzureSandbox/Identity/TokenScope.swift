/// What a user token allows.
///
/// Source: Azure Communication fact sheet, section 2 ("Scopes").
enum TokenScope: String, CaseIterable, Hashable, Sendable {
  case chat
  case voip
  case chatJoin = "chat.join"
  case chatJoinLimited = "chat.join.limited"
  case voipJoin = "voip.join"

  /// The scopes that a version of the service knows.
  static func known(in version: String) -> [TokenScope] {
    version < "2023-10-01" ? [.chat, .voip] : allCases
  }
}
