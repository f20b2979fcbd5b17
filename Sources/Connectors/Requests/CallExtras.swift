package import HTTPMessages
package import OrderedJSON

/// What goes into a call besides the action's inputs, and the answers to its earlier steps.
package struct CallExtras: Sendable {
  /// Where a webhook's notifications go.
  package var callbackURL: String?
  /// The key of the step, sent when the service supports one.
  package var idempotencyKey: String?
  /// Query parameters in place of what the inputs give.
  package var queries: [String: String] = [:]
  /// Responses to the look-ups asked for so far, in order.
  package var lookups: [HTTPResponse]
  /// The outputs of the token request, once they are known.
  package var token: JSON?

  package init(
    callbackURL: String? = nil,
    idempotencyKey: String? = nil,
    lookups: [HTTPResponse] = [],
    token: JSON? = nil
  ) {
    self.callbackURL = callbackURL
    self.idempotencyKey = idempotencyKey
    self.lookups = lookups
    self.token = token
  }
}
