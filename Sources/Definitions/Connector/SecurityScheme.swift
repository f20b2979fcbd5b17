/// How the service wants callers to identify themselves.
///
/// Source: connector format reference, section (e), binding at request time.
package struct SecurityScheme: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case apiKeyHeader(name: String)
    case apiKeyQuery(name: String)
    case basic
    case oauth2
  }

  /// The key under `securityDefinitions`.
  package var name: String
  package var kind: Kind

  package init(name: String, kind: Kind) {
    self.name = name
    self.kind = kind
  }
}
