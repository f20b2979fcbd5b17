/// Knows which subscriptions of triggers are in force.
package protocol SubscriptionRegister: Sendable {
  /// Whether reports to this subscription of a trigger still count.
  func isInForce(_ subscription: String, of trigger: String, flow: String) async -> Bool
}
