/// What a number is, in the words of the service.
///
/// Source: Azure Communication fact sheet, section 5.
enum NumberType: String, Codable, CaseIterable, Sendable {
  case geographic
  case tollFree
  case mobile
}

/// Whom a number is for.
enum NumberAssignment: String, Codable, CaseIterable, Sendable {
  case person
  case application
}

/// What a number does of one kind: calls, or messages.
enum NumberCapability: String, Codable, CaseIterable, Sendable {
  case none
  case inbound
  case outbound
  case both = "inbound+outbound"

  var isOutbound: Bool { self == .outbound || self == .both }

  /// Whether this much includes the other.
  func covers(_ other: NumberCapability) -> Bool {
    self == other || self == .both || other == .none
  }
}
