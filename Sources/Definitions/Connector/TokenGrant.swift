/// How a connection gets bearer tokens without a person.
///
/// The values come from connection parameters with fixed keys, such as `tenantId` and `clientId`.
///
/// Source: definitions/README.md.
package struct TokenGrant: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// A service principal with a secret: `tenantId`, `clientId`, `clientSecret`.
    case clientSecret = "client-secret"
    /// A service principal with a certificate: `tenantId`, `clientId`, `certificate`.
    case clientCertificate = "client-certificate"
    /// A federated token in a file: `tenantId`, `clientId`, `tokenFile`.
    case workloadIdentity = "workload-identity"
    /// The identity of the machine: at most one of `clientId`, `objectId`, `resourceId`.
    case managedIdentity = "managed-identity"
    /// Client credentials of any OAuth 2 provider: `clientId`, `clientSecret`.
    case clientCredentials = "client-credentials"
  }

  package var kind: Kind
  /// What the token is for, such as `https://communication.azure.com/.default`.
  package var scope: String
  /// The token endpoint of `client-credentials`; the others know theirs.
  package var tokenURL: String?

  package init(kind: Kind, scope: String, tokenURL: String? = nil) {
    self.kind = kind
    self.scope = scope
    self.tokenURL = tokenURL
  }

  /// The parameters without which no token can be asked for.
  package var neededKeys: [String] {
    switch kind {
    case .clientSecret: ["tenantId", "clientId", "clientSecret"]
    case .clientCertificate: ["tenantId", "clientId", "certificate"]
    // A managed identity needs nothing, and a workload identity finds its values in the settings.
    case .workloadIdentity, .managedIdentity: []
    case .clientCredentials: ["clientId", "clientSecret"]
    }
  }
}
