internal import Definitions
internal import Diagnostics

/// Says which security definitions no connection value fits.
///
/// Source: connector format reference, section (e), binding at request time.
enum CredentialAdvice {
  static func diagnostics(_ connector: Connector) -> [Diagnostic] {
    let binder = CredentialBinder(connector: connector)
    // Without connection parameters the key comes from a header parameter or a policy.
    guard !connector.parameterSets.isEmpty else { return [] }
    return connector.securitySchemes.filter { !isBound($0, connector, binder) }.map { scheme in
      Diagnostic(
        .securityAdvice,
        "no connection parameter fits the security definition '\(scheme.name)'",
        hint: "name a connection parameter 'api_key' or '\(scheme.name)'",
        severity: .warning,
        pointer: "/securityDefinitions/\(scheme.name)"
      )
    }
  }

  private static func isBound(
    _ scheme: SecurityScheme,
    _ connector: Connector,
    _ binder: CredentialBinder
  ) -> Bool {
    connector.parameterSets.contains { set in
      if set.usesToken { return true }
      switch scheme.kind {
      case .apiKeyHeader(let name), .apiKeyQuery(let name):
        return binder.parameter(for: scheme, wireName: name, in: set) != nil
      case .basic: return set.parameter("username") != nil || set.parameter("password") != nil
      case .oauth2: return true
      }
    }
  }
}
