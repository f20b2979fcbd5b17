internal import Definitions
internal import Diagnostics

/// Keeps credentials from hosts that a caller chose.
///
/// A host made of connection values is the connection's own business. One made of a header, query
/// or body value is checked: against `allowedHosts` when there are any; against the fixed end of
/// the template; and it never is an address of this machine or a bare number.
///
/// Source: connector format reference, section (f), address.
enum HostGuard {
  static func check(
    _ address: ServiceAddress,
    template: PolicyTemplate,
    connector: Connector
  ) throws(Diagnostic) {
    guard template.expressions.contains(where: { $0.root != .connectionParameters }) else { return }
    let host = address.host
    if host == connector.address.host { return }
    let allowed = connector.runtime.allowedHosts
    let isAllowed =
      allowed.isEmpty
      ? hasFixedEnd(host, template) && !isLocal(address)
      : allowed.contains { matches(host, $0) }
    guard isAllowed else {
      throw refusal(of: host, connector)
    }
  }

  static func refusal(of host: String, _ connector: Connector) -> Diagnostic {
    Diagnostic(
      .hostNotAllowed,
      "an input sends the request of '\(connector.name)' to the host '\(host)'",
      hint: "list the host in 'allowedHosts' of runtime.json if it may have the credentials"
    )
  }

  /// `*.example.com` covers every name below it, but not `example.com` itself.
  static func matches(_ host: String, _ pattern: String) -> Bool {
    let pattern = pattern.lowercased()
    guard pattern.hasPrefix("*.") else { return host == pattern }
    return host.hasSuffix(pattern.dropFirst()) && host.count > pattern.count - 1
  }

  /// Where the template ends its host in fixed text, the host must end in the same text.
  private static func hasFixedEnd(_ host: String, _ template: PolicyTemplate) -> Bool {
    guard
      let last = template.parts.lastIndex(where: { part in
        if case .expression = part { true } else { false }
      }), last + 1 < template.parts.count, case .text(let tail) = template.parts[last + 1]
    else { return true }
    let end = tail.prefix { $0 != "/" && $0 != "?" && $0 != ":" }.lowercased()
    return end.isEmpty || host.hasSuffix(end)
  }

  private static func isLocal(_ address: ServiceAddress) -> Bool {
    let host = address.host
    let isNumber =
      host.hasPrefix("[") || host.allSatisfy { $0.isNumber || $0 == "." }
      || host.hasPrefix("0x")
    return address.isLoopback || isNumber || !host.contains(".")
  }
}
