/// Whose token is asked for, and how.
package enum TokenCredential: Sendable {
  /// A person signed in; the refresh token stands for them.
  case signIn(OAuthFlow)
  /// The client itself, at any OAuth 2 provider.
  case client(OAuthFlow)
  case secret(EntraClient, String)
  case certificate(EntraClient, CertificateText)
  /// A federated token in a file, read for every request.
  case federated(EntraClient, path: String)
  case managedIdentity(ManagedIdentity)

  /// A certificate with its private key, as somebody wrote it down.
  package enum CertificateText: Hashable, Sendable {
    case pem(String)
    /// PKCS #12 bytes in Base64, and their password.
    case pkcs12(base64: String, password: String)
  }

  package var endpoint: TokenRetry.Endpoint {
    switch self {
    case .managedIdentity: .managedIdentity
    case .signIn, .client, .secret, .certificate, .federated: .provider
    }
  }
}
