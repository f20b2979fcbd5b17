/// Paths of Azure Resource Manager, in which letter case does not count.
enum ManagementTarget {
  /// The target with the fixed words of the path as the services spell them; names stay.
  static func canonical(_ target: String) -> String {
    guard isManagement(target) else { return target }
    let path = target.prefix { $0 != "?" }
    let segments = path.split(separator: "/", omittingEmptySubsequences: false)
    let words = segments.map { fixed[$0.lowercased()] ?? String($0) }
    return words.joined(separator: "/") + target[path.endIndex...]
  }

  private static func isManagement(_ target: String) -> Bool {
    ["/subscriptions", "/providers/", "/tenants"].contains { start in
      target.utf8.count >= start.utf8.count
        && zip(target.utf8, start.utf8).allSatisfy { $0 | 0x20 == $1 | 0x20 }
    }
  }

  private static let fixed: [String: String] = {
    let words = [
      "subscriptions", "resourceGroups", "providers", "Microsoft.Communication",
      "communicationServices", "emailServices", "domains", "senderUsernames", "suppressionLists",
      "suppressionListAddresses", "smtpUsernames", "listKeys", "regenerateKey",
      "linkNotificationHub", "initiateVerification", "cancelVerification",
      "checkNameAvailability", "listVerifiedExchangeOnlineDomains", "locations",
      "operationStatuses", "operations", "Microsoft.ManagedIdentity", "userAssignedIdentities",
      "Microsoft.Authorization", "roleAssignments", "roleDefinitions", "moveResources",
      "validateMoveResources", "resources", "tenants",
    ]
    return Dictionary(uniqueKeysWithValues: words.map { ($0.lowercased(), $0) })
  }()
}
