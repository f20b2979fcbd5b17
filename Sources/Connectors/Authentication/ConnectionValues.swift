package import Definitions

/// What a connection holds, in clear: only for as long as a request is made.
package struct ConnectionValues: Sendable {
  /// The chosen set; `nil` means the first.
  package var parameterSet: String?
  /// Values by the key of their connection parameter.
  package var values: [String: String]
  /// The access token of a connection that signed in with OAuth.
  package var token: String?

  package init(
    parameterSet: String? = nil,
    values: [String: String] = [:],
    token: String? = nil
  ) {
    self.parameterSet = parameterSet
    self.values = values
    self.token = token
  }

  /// The value under a key, ignoring case; else the default that the parameter has.
  package func value(_ key: String, in set: ConnectionParameterSet?) -> String? {
    if let exact = values[key] { return exact }
    let lowered = key.lowercased()
    return values.first { $0.key.lowercased() == lowered }?.value
      ?? set?.parameter(key)?.defaultValue
  }
}
