/// What the SMS service of one resource remembers.
struct SMSState: Codable, Sendable {
  /// Results by the key of the recipient, in lower case.
  private var results: [String: SMSResult] = [:]
  /// The keys, oldest first.
  private var keys: [String] = []
  /// Recipients who want no messages, by sender.
  private var optedOut: [String: Set<String>] = [:]

  /// Keys are forgotten when so many newer ones came.
  private static let capacity = 10_000

  func result(of key: String) -> SMSResult? { results[key.lowercased()] }

  mutating func note(_ result: SMSResult, under key: String) {
    let key = key.lowercased()
    results[key] = result
    keys.append(key)
    guard keys.count > Self.capacity else { return }
    results.removeValue(forKey: keys.removeFirst())
  }

  func isOptedOut(_ recipient: String, of sender: String) -> Bool {
    optedOut[sender]?.contains(recipient) == true
  }

  mutating func setOptOut(_ isOptedOut: Bool, _ recipient: String, of sender: String) {
    if isOptedOut {
      optedOut[sender, default: []].insert(recipient)
    } else {
      optedOut[sender]?.remove(recipient)
    }
  }
}
