/// One value that somebody gives when making a connection.
///
/// Source: connector format reference, section (e), connection parameters.
package struct ConnectionParameter: Sendable {
  package enum Kind: String, Hashable, Sendable {
    case string
    case secureString = "securestring"
    case oauth = "oauthsetting"
    case gateway = "gatewaysetting"
    case integer = "int"
    case boolean = "bool"
  }

  package struct AllowedValue: Hashable, Sendable {
    package var text: String
    package var value: String
  }

  package var key: String
  package var kind: Kind
  package var title: String
  package var description: String?
  package var isRequired: Bool
  package var isHidden: Bool
  package var defaultValue: String?
  package var allowedValues: [AllowedValue]
  package var oauth: OAuthSettings?

  /// Whether the value must never be shown.
  package var isSecret: Bool { kind == .secureString }

  /// Whether it is an extra input of the sign-in, named `token:<Name>`.
  package var isSignInInput: Bool { key.lowercased().hasPrefix("token:") }
}
