import CommandLineArguments
import Diagnostics
import HTTPMessages
import HTTPServer

/// What `weir server start` was told.
struct ServerOptions {
  let address: ListenAddress
  let certificate: ServerCertificate?
  let isOpenOnLoopback: Bool
  let proxies: AddressList
  /// How long requests in flight may take when the server stops.
  let patience: Duration
  /// How others reach the server, without a trailing slash; `nil` when nobody said.
  let publicURL: String?

  static let specs =
    [
      OptionSpec("listen", "HOST:PORT", "Where to listen (default: 127.0.0.1:7075)"),
      OptionSpec("public-url", "URL", "How services reach this server, for callback addresses"),
      OptionSpec("tls-certificate", "FILE", "Serve TLS with this certificate chain (PEM)"),
      OptionSpec("tls-key", "FILE", "The certificate's private key (PEM)"),
      OptionSpec("insecure-loopback", nil, "Let clients on this machine in without a token"),
      OptionSpec(
        "trusted-proxy",
        "CIDR",
        "Believe X-Forwarded-* of proxies at these addresses",
        repeats: true
      ),
      OptionSpec("drain-seconds", "N", "How long requests may finish at the end (default: 30)"),
      OptionSpec("sandbox", nil, "Start the local Azure sandbox and use it for unset settings"),
    ] + ServerTelemetry.options

  /// - Throws: `CommandFailure` for a malformed address or an unusable certificate, `UsageError`.
  init(_ context: Context) throws {
    let arguments = context.arguments
    let text = arguments.value("listen") ?? "127.0.0.1:7075"
    do throws(Diagnostic) { address = try ListenAddress(text) } catch {
      throw CommandFailure([error], .usage)
    }
    certificate = try Self.certificate(arguments)
    isOpenOnLoopback = arguments.has("insecure-loopback")
    if isOpenOnLoopback, !address.isLoopback {
      throw UsageError(
        "'--insecure-loopback' needs a loopback address, not '\(address)'",
        hint: "listen on 127.0.0.1, or create tokens: weir admin token create NAME --role operator"
      )
    }
    proxies = AddressList(try arguments.values("trusted-proxy").map(Self.range))
    patience = .seconds(try arguments.integer("drain-seconds", in: 0...86_400) ?? 30)
    publicURL = try arguments.value("public-url").map(Self.base)
  }

  private static func certificate(_ arguments: Arguments) throws -> ServerCertificate? {
    switch (arguments.value("tls-certificate"), arguments.value("tls-key")) {
    case (nil, nil): return nil
    case (let chain?, let key?):
      do throws(Diagnostic) {
        return try ServerCertificate(chainFile: chain, keyFile: key)
      } catch {
        throw CommandFailure([error], .invalid)
      }
    default:
      throw UsageError(
        "'--tls-certificate' and '--tls-key' belong together",
        hint: "give both or none"
      )
    }
  }

  private static func range(_ text: String) throws -> AddressRange {
    if let range = AddressRange(text) { return range }
    throw UsageError(
      "'--trusted-proxy \(text)' is no range of addresses",
      hint: "write one address such as 10.0.0.5, or a range such as 10.0.0.0/8"
    )
  }

  private static func base(_ text: String) throws -> String {
    var text = text
    while text.hasSuffix("/") { text.removeLast() }
    guard let request = HTTPRequest(method: "GET", url: text), request.query.isEmpty else {
      throw UsageError(
        "'--public-url \(text)' is no URL",
        hint: "write how others reach this server, such as https://weir.example.com"
      )
    }
    return text
  }
}
