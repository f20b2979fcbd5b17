/// A domain of an Email Communication Service.
///
/// Source: Azure Communication fact sheet, section 7.
struct EmailDomain: Codable, Sendable {
  enum Management: String, Codable, Sendable {
    case azure = "AzureManaged"
    case customer = "CustomerManaged"
    case exchange = "CustomerManagedInExchangeOnline"
  }

  let path: ResourcePath
  let management: Management
  let dataLocation: DataLocation
  /// What stands behind the `@` of senders, in lower case.
  let senderDomain: String
  /// Whether mail may be sent from it.
  var isVerified: Bool
  var tracksEngagement = false
  /// The part before the `@` in lower case, with the display name.
  var senders: [String: String]
  /// Addresses in lower case that mail from a sender, named by the key, does not go to.
  var suppressed: [String: Set<String>] = [:]

  /// Whether mail may come from this part before the `@`.
  func hasSender(_ username: String) -> Bool { senders[username.lowercased()] != nil }

  /// Whether mail of a sender does not go to an address.
  func suppresses(_ address: String, from username: String) -> Bool {
    suppressed[username.lowercased()]?.contains(address.lowercased()) == true
  }
}
