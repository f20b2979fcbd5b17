internal import Definitions
internal import Diagnostics
internal import HTTPMessages

/// Puts the address that a connection names in the place of the definition's.
///
/// Source: definitions/README.md.
enum EndpointBinder {
  /// - Throws: K0002 when the connection has none, K0006 when credentials would not be safe there.
  static func apply(
    _ connection: ConnectionValues,
    of connector: Connector,
    to draft: inout RequestDraft
  ) throws(Diagnostic) {
    guard let set = connector.parameterSet(connection.parameterSet), let key = set.endpoint,
      let parameter = set.parameter(key)
    else { return }
    guard let text = connection.value(key, in: set), !text.isEmpty else {
      throw ConnectionCheck.missingValue(parameter, connector)
    }
    let address = try address(MediaType.trimmed(text), key)
    try HostGuard.refuseLinkLocal(address, connector)
    draft.base.scheme = address.scheme
    draft.base.authority = address.authority
    if !address.basePath.isEmpty { draft.base.basePath = address.basePath }
  }

  /// Reads `https://host`, with http on this machine only.
  ///
  /// - Throws: K0006.
  static func address(_ text: String, _ key: String) throws(Diagnostic) -> ServiceAddress {
    let url = text.contains("://") ? text : "https://\(text)"
    guard let request = HTTPRequest(method: "GET", url: url), request.query.isEmpty,
      TokenAddress.isSafe(request)
    else { throw TokenAddress.unsafe("the value of '\(key)'") }
    return ServiceAddress(
      scheme: request.scheme,
      authority: request.authority,
      basePath: request.path
    )
  }
}
