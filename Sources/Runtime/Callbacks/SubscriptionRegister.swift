/// Knows which subscriptions of triggers are in force.
package protocol SubscriptionRegister: Sendable {
  /// Whether reports to this subscription of a trigger still count, and how they are read; `nil`
  /// when they do not.
  func reading(of subscription: String, of trigger: String, flow: String) async -> ReportReading?
}

/// How the reports to a subscription are read.
package enum ReportReading: Hashable, Sendable {
  /// One event each.
  case whole
  /// An event for each item of the array that it brings.
  case items
}
