package import Definitions
package import Diagnostics

/// Checks whether a connection has what its connector asks for.
///
/// Source: connector format reference, section (e).
package enum ConnectionCheck {
  /// K0002 for missing values, K0003 for an unknown set, K0004 (a warning) for values of no use,
  /// K0010 for values that are not among the allowed ones, K0001 and K0006 for connection strings
  /// and endpoints that cannot be used.
  ///
  /// A missing sign-in is no defect here: it happens after the connection is made.
  package static func diagnostics(_ values: ConnectionValues, for connector: Connector)
    -> [Diagnostic]
  {
    guard let set = connector.parameterSet(values.parameterSet) else {
      return values.parameterSet.map { [unknownSet($0, connector)] }
        ?? values.values.keys.sorted()
        .map { unknownValue($0, [], connector) }
    }
    let missing = set.parameters.filter { parameter in
      parameter.isRequired && !parameter.isHidden && parameter.kind != .oauth
        && (values.value(parameter.key, in: set) ?? "").isEmpty
    }
    let unknown = values.values.keys.sorted().filter { key in
      set.parameter(key) == nil && !(set.oauth != nil && isOfApplication(key))
    }
    return missing.map { missingValue($0, connector) }
      + set.parameters.compactMap { disallowed($0, values, set, connector) }
      + malformed(values, set, connector)
      + unknown.map { unknownValue($0, set.parameters.map(\.key), connector) }
  }

  /// The operator's own registration with the identity provider.
  package static func isOfApplication(_ key: String) -> Bool {
    ["token:clientid", "token:clientsecret"].contains(key.lowercased())
  }

  private static func malformed(
    _ values: ConnectionValues,
    _ set: ConnectionParameterSet,
    _ connector: Connector
  ) -> [Diagnostic] {
    var found: [Diagnostic] = []
    func collect(_ check: () throws(Diagnostic) -> Void) {
      do throws(Diagnostic) { try check() } catch { found.append(error) }
    }
    if let signing = connector.runtime.signing, signing.scheme == .azureCommunicationHMAC,
      set.parameter(signing.connectionString) != nil,
      let text = values.value(signing.connectionString, in: set), !text.isEmpty
    {
      collect { () throws(Diagnostic) in _ = try AzureConnectionString(text) }
    }
    if let key = set.endpoint, let text = values.value(key, in: set), !text.isEmpty {
      collect { () throws(Diagnostic) in _ = try EndpointBinder.address(text, key) }
    }
    return found
  }

  private static func disallowed(
    _ parameter: ConnectionParameter,
    _ values: ConnectionValues,
    _ set: ConnectionParameterSet,
    _ connector: Connector
  ) -> Diagnostic? {
    let allowed = parameter.allowedValues
    guard !allowed.isEmpty, let value = values.value(parameter.key, in: set), !value.isEmpty,
      !allowed.contains(where: { $0.value == value })
    else { return nil }
    let words = allowed.map(\.value)
    let shown = parameter.isSecret ? "" : " '\(value)'"
    return Diagnostic(
      .disallowedConnectionValue,
      "'\(parameter.key)' of '\(connector.name)' does not allow the value\(shown)",
      hint: (parameter.isSecret ? nil : NearestName.suggestion(for: value, among: words))
        .map { "did you mean '\($0)'?" } ?? "use one of \(words.joined(separator: ", "))"
    )
  }

  static func unknownSet(_ name: String, _ connector: Connector) -> Diagnostic {
    let names = connector.parameterSets.map(\.name)
    let known = names.isEmpty ? "it has none" : "known: \(names.joined(separator: ", "))"
    return Diagnostic(
      .unknownParameterSet,
      "'\(connector.name)' has no parameter set '\(name)'",
      hint: NearestName.suggestion(for: name, among: names).map { "did you mean '\($0)'?" } ?? known
    )
  }

  static func missingValue(_ parameter: ConnectionParameter, _ connector: Connector) -> Diagnostic {
    Diagnostic(
      .missingConnectionValue,
      "the connection to '\(connector.name)' lacks '\(parameter.key)' (\(parameter.title))",
      hint: parameter.isSecret
        ? "set it by reference, for example to an app setting or 'env:NAME'" : "set it"
    )
  }

  private static func unknownValue(_ key: String, _ known: [String], _ connector: Connector)
    -> Diagnostic
  {
    let nearest = NearestName.suggestion(for: key, among: known)
    let list = known.isEmpty ? "it needs none" : "known: \(known.joined(separator: ", "))"
    return Diagnostic(
      .unknownConnectionValue,
      "'\(connector.name)' has no connection parameter '\(key)'",
      hint: nearest.map { "did you mean '\($0)'?" } ?? list,
      severity: .warning
    )
  }
}
