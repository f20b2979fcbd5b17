internal import Timekeeping

/// A domain of an Email Communication Service.
///
/// Source: Azure Communication fact sheet, section 7.
struct EmailDomain: Codable, Sendable {
  enum Management: String, Codable, Sendable {
    case azure = "AzureManaged"
    case customer = "CustomerManaged"
    case exchange = "CustomerManagedInExchangeOnline"
  }

  var path: ResourcePath
  let management: Management
  let dataLocation: DataLocation
  /// What stands behind the `@` of senders, in lower case.
  let senderDomain: String
  var frame: ResourceFrame
  var verifications: [DomainVerification.Kind: DomainVerification]
  var tracksEngagement = false
  /// By the part before the `@`, in lower case.
  var senders: [String: EmailSender] = [:]
  /// What the owner of a customer-managed domain publishes.
  var verificationKey = ""
  /// By their ARM names, in lower case.
  var lists: [String: SuppressionList] = [:]

  /// The name that an Azure-managed domain must have.
  static let azureName = "AzureManagedDomain"

  /// A domain with its first sender, which no caller has to add.
  init(
    _ path: ResourcePath,
    _ management: Management,
    in dataLocation: DataLocation,
    senderDomain: String,
    frame: ResourceFrame
  ) {
    self.path = path
    self.management = management
    self.dataLocation = dataLocation
    self.senderDomain = senderDomain.lowercased()
    self.frame = frame
    let verification: DomainVerification = management == .azure ? .verified : DomainVerification()
    verifications = Dictionary(
      uniqueKeysWithValues: DomainVerification.Kind.allCases.map { ($0, verification) }
    )
    add(EmailSender(username: "DoNotReply", displayName: "DoNotReply"))
  }

  /// Whether mail may be sent from it: everything but DMARC is proven.
  var isVerified: Bool {
    DomainVerification.Kind.allCases.allSatisfy {
      $0 == .dmarc || verifications[$0]?.status == .verified
    }
  }

  mutating func add(_ sender: EmailSender) { senders[sender.username.lowercased()] = sender }

  /// Whether mail may come from this part before the `@`.
  func hasSender(_ username: String) -> Bool { senders[username.lowercased()] != nil }

  /// Whether mail of a sender does not go to an address.
  func suppresses(_ address: String, from username: String) -> Bool {
    lists.values.contains {
      $0.listName.lowercased() == username.lowercased() && $0.holds(address)
    }
  }

  mutating func settle(at now: Timestamp, step: Duration) {
    frame.settle(at: now, step: step)
    for kind in verifications.keys { verifications[kind]?.settle(at: now, step: step) }
  }
}
