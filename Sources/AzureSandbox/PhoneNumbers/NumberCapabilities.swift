internal import OrderedJSON

/// What a number is used for.
struct NumberCapabilities: Codable, Hashable, Sendable {
  var calling: NumberCapability
  var sms: NumberCapability

  func covers(_ other: NumberCapabilities) -> Bool {
    calling.covers(other.calling) && sms.covers(other.sms)
  }

  var json: JSON { ["calling": .string(calling.rawValue), "sms": .string(sms.rawValue)] }
}
