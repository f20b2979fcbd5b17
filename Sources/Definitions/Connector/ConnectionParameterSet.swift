/// One of the ways to make a connection, with the values it needs.
///
/// Source: connector format reference, section (e), connectionParameterSets.
package struct ConnectionParameterSet: Sendable {
  /// The name of the only set of a connector with plain connection parameters.
  package static let defaultName = "Default"

  package var name: String
  package var title: String
  package var description: String?
  package var parameters: [ConnectionParameter]
  /// How bearer tokens are got without a person; only `runtime.json` can say so.
  package var token: TokenGrant?
  /// The parameter that holds the address of the service, when the set lets people choose it.
  package var endpoint: String?

  package init(
    name: String,
    title: String,
    description: String? = nil,
    parameters: [ConnectionParameter]
  ) {
    self.name = name
    self.title = title
    self.description = description
    self.parameters = parameters
  }

  package func parameter(_ key: String) -> ConnectionParameter? {
    let lowered = key.lowercased()
    return parameters.first { $0.key.lowercased() == lowered }
  }

  /// The sign-in of this set, when it has one.
  package var oauth: ConnectionParameter? { parameters.first { $0.kind == .oauth } }

  /// Whether requests carry a bearer token.
  package var usesToken: Bool { oauth != nil || token != nil }
}
