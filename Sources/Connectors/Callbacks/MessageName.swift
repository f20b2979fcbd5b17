package import HTTPMessages

/// The name that a message gives itself, by which copies of it are known.
package enum MessageName {
  /// Headers that name one message, however often it is sent; the name they give is unique together
  /// with the second header, when there is one.
  ///
  /// Source: draft-ietf-httpapi-idempotency-key-header; OASIS Repeatable Requests 1.0; Standard
  /// Webhooks 1.0; CloudEvents 1.0, HTTP binding; the documentation of GitHub, GitLab, Shopify,
  /// Svix, Twilio and Twitch.
  private static let headers: [(name: String, scope: String?)] = [
    ("Idempotency-Key", nil), ("Repeatability-Request-ID", nil), ("webhook-id", nil),
    ("svix-id", nil), ("ce-id", "ce-source"), ("X-GitHub-Delivery", nil),
    ("X-Gitlab-Event-UUID", nil), ("X-Shopify-Webhook-Id", nil),
    ("I-Twilio-Idempotency-Token", nil), ("Twitch-Eventsub-Message-Id", nil),
  ]

  /// A short text made from the name, or `nil` for a message without one.
  package static func name(of fields: HTTPFields, _ digests: Digests) -> String? {
    for (name, scope) in headers {
      guard let value = fields[name], !value.isEmpty else { continue }
      let whole = "\(name)\n\(scope.flatMap { fields[$0] } ?? "")\n\(value)"
      return "message-" + Base64.encodeURL(Array(digests.sha256(Array(whole.utf8)).prefix(18)))
    }
    return nil
  }
}
