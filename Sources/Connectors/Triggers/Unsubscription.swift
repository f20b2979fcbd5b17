package import OrderedJSON

/// How a webhook subscription is ended.
package enum Unsubscription: Sendable {
  case location(FollowUp)
  /// An operation with its own input; the subscription's other path values are added to it.
  case operation(String, JSONObject)
}
