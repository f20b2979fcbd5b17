package import HTTPMessages

/// What a server does beside answering on its address.
package struct ServerSettings: Sendable {
  package var limits = ServerLimits()

  /// Serves TLS with this certificate; `nil` serves plain HTTP.
  package var certificate: ServerCertificate?

  /// The path of a Unix domain socket where the same handler answers, without TLS.
  package var socketPath: String?

  /// Proxies, which bring the connections of many clients from one address.
  package var proxies = AddressList()

  /// Added to every response that does not set them itself.
  package var headers = HTTPFields()

  package init() {}
}
