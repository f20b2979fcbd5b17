package import HTTPMessages

/// What makes an address unguessable: a permission and its code under a key.
///
/// Source: workflow language reference, section (g) (listCallbackUrl).
package struct CallbackSignature: Hashable, Sendable {
  /// What the address allows, such as `/triggers/manual/run`.
  package let permission: String

  package init(permission: String) { self.permission = permission }

  /// Calling a trigger.
  package init(trigger: String) { self.init(permission: "/triggers/\(trigger)/run") }

  /// Reporting to one subscription of a trigger.
  package init(trigger: String, subscription: String) {
    self.init(permission: "/triggers/\(trigger)/subscriptions/\(subscription)")
  }

  /// The subscription of a trigger that this allows to report to.
  package func subscription(of trigger: String) -> String? {
    let prefix = "/triggers/\(trigger)/subscriptions/"
    return permission.hasPrefix(prefix) ? String(permission.dropFirst(prefix.count)) : nil
  }

  /// The version of this scheme, the `sv` of an address.
  package static let version = "1.0"

  /// The `sig` of an address: base64url of the HMAC-SHA-256 over the permission.
  package func text(key: [UInt8], _ digests: Digests) -> String {
    Base64.encodeURL(code(key, digests))
  }

  /// Whether the `sig` of an address was made with one of the keys; takes the same time for all.
  package func isValid(_ text: String, keys: [[UInt8]], _ digests: Digests) -> Bool {
    let given = Base64.decodeURL(text) ?? []
    return keys.reduce(false) { found, key in
      digests.areEqual(given, code(key, digests)) || found
    }
  }

  private func code(_ key: [UInt8], _ digests: Digests) -> [UInt8] {
    digests.hmacSHA256(key, Array(permission.utf8))
  }
}
