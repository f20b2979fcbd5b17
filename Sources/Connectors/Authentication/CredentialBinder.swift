package import Definitions
package import Diagnostics
internal import HTTPMessages

/// Attaches the credentials of a connection to a request.
///
/// Credentials are not gated by `security`: many published connectors leave it empty.
///
/// Source: connector format reference, section (e), binding at request time.
package struct CredentialBinder: Sendable {
  let connector: Connector

  package init(connector: Connector) { self.connector = connector }

  /// Adds headers or query parameters for every scheme that the connection has values for.
  ///
  /// - Throws: K0002 for a missing value, K0003 for an unknown set, K0005 without a sign-in, C0005
  ///   for a value that no header can carry.
  package func attach(_ values: ConnectionValues, to draft: inout RequestDraft)
    throws(Diagnostic)
  {
    let set = connector.parameterSet(values.parameterSet)
    if set == nil, let name = values.parameterSet {
      throw ConnectionCheck.unknownSet(name, connector)
    }
    for scheme in connector.securitySchemes {
      switch scheme.kind {
      case .apiKeyHeader(let name):
        guard let value = try key(scheme, name, set, values) else { continue }
        try setHeader(name, value, &draft)
      case .apiKeyQuery(let name):
        guard let value = try key(scheme, name, set, values) else { continue }
        draft.query.removeAll { $0.name == name }
        draft.query.append(QueryItem(name: name, value: value))
      case .basic: try attachBasic(set, values, &draft)
      case .oauth2: continue
      }
    }
    try attachToken(set, values, &draft)
  }

  /// The connection parameter that an API key comes from.
  package func parameter(
    for scheme: SecurityScheme,
    wireName: String,
    in set: ConnectionParameterSet?
  ) -> ConnectionParameter? {
    let plain = (set?.parameters ?? []).filter { $0.kind == .string || $0.kind == .secureString }
    let byName =
      plain.first { $0.key == scheme.name }
      ?? plain.first { Self.folded($0.key) == Self.folded(scheme.name) }
      ?? plain.first { Self.folded($0.key) == Self.folded(wireName) }
    let usual = plain.first { $0.key.lowercased() == "api_key" }
    let isPair = set?.parameter("username") != nil
    let secrets = plain.filter { $0.isSecret && !(isPair && $0.key.lowercased() == "password") }
    let only = secrets.count == 1 ? secrets.first : nil
    return hasSeveralKeys ? byName ?? usual ?? only : usual ?? byName ?? only
  }

  /// With several keys, each one's own name decides before the usual name does.
  private var hasSeveralKeys: Bool {
    connector.securitySchemes.filter { scheme in
      switch scheme.kind {
      case .apiKeyHeader, .apiKeyQuery: true
      case .basic, .oauth2: false
      }
    }.count > 1
  }

  /// The key's letters and digits in lower case: `API Key` and `apiKey` are the same.
  private static func folded(_ text: String) -> String {
    text.lowercased().filter { $0.isLetter || $0.isNumber }
  }

  private func key(
    _ scheme: SecurityScheme,
    _ wireName: String,
    _ set: ConnectionParameterSet?,
    _ values: ConnectionValues
  ) throws(Diagnostic) -> String? {
    // A signed-in connection identifies itself by its token.
    if set?.usesToken == true { return nil }
    guard let parameter = parameter(for: scheme, wireName: wireName, in: set) else { return nil }
    if let value = values.value(parameter.key, in: set), !value.isEmpty { return value }
    if parameter.isRequired { throw ConnectionCheck.missingValue(parameter, connector) }
    return nil
  }

  private func attachBasic(
    _ set: ConnectionParameterSet?,
    _ values: ConnectionValues,
    _ draft: inout RequestDraft
  ) throws(Diagnostic) {
    let user = set?.parameter("username")
    let password = set?.parameter("password")
    guard user != nil || password != nil else { return }
    for parameter in [user, password].compactMap({ $0 }) where parameter.isRequired {
      guard values.value(parameter.key, in: set) != nil else {
        throw ConnectionCheck.missingValue(parameter, connector)
      }
    }
    let pair = [user, password].map { parameter in
      parameter.flatMap { values.value($0.key, in: set) } ?? ""
    }
    let encoded = Base64.encode(Array(pair.joined(separator: ":").utf8))
    draft.headers["Authorization"] = "Basic \(encoded)"
  }

  private func attachToken(
    _ set: ConnectionParameterSet?,
    _ values: ConnectionValues,
    _ draft: inout RequestDraft
  ) throws(Diagnostic) {
    guard set?.usesToken == true else { return }
    guard let token = values.token, !token.isEmpty else {
      throw Diagnostic(
        .missingToken,
        "the connection to '\(connector.name)' is not signed in",
        hint: "sign in with 'weir connection create', or 'rotate' when it exists"
      )
    }
    try setHeader("Authorization", "Bearer \(token)", &draft)
  }

  private func setHeader(_ name: String, _ value: String, _ draft: inout RequestDraft)
    throws(Diagnostic)
  {
    let trimmed = MediaType.trimmed(value)
    guard FieldText.isValue(trimmed), FieldText.isName(name) else {
      throw Diagnostic(
        .unusableParameterValue,
        "the credential for the header '\(name)' holds a line break or control character",
        hint: "check the app setting or file that it comes from"
      )
    }
    draft.headers[name] = trimmed
  }
}
