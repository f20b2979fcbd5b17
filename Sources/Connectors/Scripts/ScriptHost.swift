internal import Definitions
internal import Diagnostics
internal import HTTPMessages

/// Sends a scripted request to another host, where its credentials may go.
///
/// Source: definitions/README.md, `scripts` and `allowedHosts`.
enum ScriptHost {
  /// Takes `example.com`, or a URL whose path replaces the base path.
  ///
  /// - Throws: C0008 for what is no host, C0009 for one that may not have the credentials.
  static func set(
    _ text: String,
    on draft: inout RequestDraft,
    _ context: PolicyContext
  ) throws(Diagnostic) {
    let url = text.contains("://") ? text : "\(draft.base.scheme)://\(text)\(draft.base.basePath)"
    guard let target = HTTPRequest(method: "GET", url: url) else {
      throw Diagnostic(
        .policyFailure,
        "the script replacement of '\(context.operation.id)' makes no usable host",
        hint: "write a host name, or https:// and a host name"
      )
    }
    let address = ServiceAddress(
      scheme: target.scheme,
      authority: target.authority,
      basePath: ComponentEncoding.encodePath(target.path)
    )
    guard mayHaveCredentials(address, draft, context) else {
      throw HostGuard.refusal(of: address.host, context.connector)
    }
    draft.base = address
  }

  private static func mayHaveCredentials(
    _ address: ServiceAddress,
    _ draft: RequestDraft,
    _ context: PolicyContext
  ) -> Bool {
    guard address.scheme == "https" || draft.base.scheme == "http" else { return false }
    let connector = context.connector
    if [draft.base.host, connector.address.host].contains(address.host) { return true }
    if connector.runtime.allowedHosts.contains(where: { HostGuard.matches(address.host, $0) }) {
      return true
    }
    return context.connection.values.values.contains { value in
      let url = value.contains("://") ? value : "https://" + value
      return HTTPRequest(method: "GET", url: url).map { request in
        ServiceAddress(authority: request.authority).host == address.host
      } ?? false
    }
  }
}
