internal import Definitions
internal import Diagnostics
internal import HTTPMessages

/// `dynamichosturl` and `dynamicsubdomain`: replace scheme, host and base path of the service.
///
/// Source: connector format reference, section (f), address.
enum DynamicHostPolicy {
  static func apply(
    _ policy: CompiledPolicy,
    to draft: inout RequestDraft,
    in scope: PolicyScope,
    of connector: Connector
  ) throws(Diagnostic) {
    guard let template = policy.template("urltemplate") else {
      throw policy.instance.lacks("urlTemplate")
    }
    let url = MediaType.trimmed(try scope.text(of: template))
    guard !url.isEmpty else {
      draft.base = connector.address
      return
    }
    let absolute = withOneScheme(url, default: connector.address.scheme)
    guard let parsed = HTTPRequest(method: "GET", url: absolute), isHost(parsed.authority) else {
      throw Diagnostic(
        .policyFailure,
        "the policy '\(policy.title)' does not make a service address",
        hint: "check the host or URL among the connection's values"
      )
    }
    draft.base = ServiceAddress(
      scheme: parsed.scheme,
      authority: parsed.authority,
      basePath: ComponentEncoding.encodePath(parsed.path)
    )
    draft.query += QueryItem.parse(parsed.query)
    try HostGuard.check(draft.base, template: template, connector: connector)
  }

  /// People type the scheme although the template has it.
  private static func withOneScheme(_ url: String, default scheme: String) -> String {
    var rest = Substring(url)
    var found: String?
    while let prefix = ["https://", "http://"].first(where: { rest.lowercased().hasPrefix($0) }) {
      found = String(prefix.dropLast(3))
      rest = rest.dropFirst(prefix.count)
    }
    return "\(found ?? scheme)://\(rest)"
  }

  private static func isHost(_ authority: String) -> Bool {
    !authority.hasPrefix(".") && !authority.hasPrefix(":")
      && authority.unicodeScalars.allSatisfy { scalar in
        scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
          || ".-:[]_".unicodeScalars.contains(scalar)
      }
  }
}
