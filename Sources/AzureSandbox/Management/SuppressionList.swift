internal import OrderedJSON
internal import Timekeeping

/// Addresses that mail from one sender does not go to.
struct SuppressionList: Codable, Sendable {
  struct Address: Codable, Sendable {
    let email: String
    let firstName: String?
    let lastName: String?
    let notes: String?
    let modified: Timestamp
  }

  /// The username of the sender.
  let listName: String
  let created: Timestamp
  var updated: Timestamp
  /// By the id that the caller chose.
  var addresses: [String: Address] = [:]

  func holds(_ email: String) -> Bool {
    addresses.values.contains { $0.email.lowercased() == email.lowercased() }
  }
}
