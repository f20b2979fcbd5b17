internal import Definitions
internal import Diagnostics
internal import HTTPMessages

/// Says where secrets may be shown in exchange for tokens: over https, or on this machine.
enum TokenAddress {
  static func isSafe(_ request: HTTPRequest) -> Bool {
    request.scheme == "https"
      || ServiceAddress(scheme: "http", authority: request.authority).isLoopback
  }

  static func unsafe(_ what: String) -> Diagnostic {
    Diagnostic(
      .insecureEndpoint,
      "\(what) is no https URL",
      hint: "write 'https://'; http is for a sandbox on this machine"
    )
  }
}
