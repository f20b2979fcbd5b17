package import Diagnostics
internal import HTTPMessages
package import HTTPServer

extension AzureSandbox {
  /// Serves on an address of this machine that no other machine can reach.
  ///
  /// - Parameters:
  ///   - address: Of this machine.
  ///   - certificate: Serves TLS with it; `nil` serves plain HTTP.
  /// - Returns: The sandbox, which answers by now.
  /// - Throws: `Z0001` for any other address, `L0001` to `L0004` when it cannot be listened on.
  package func start(
    on address: ListenAddress,
    certificate: ServerCertificate? = nil
  ) throws(Diagnostic) -> RunningSandbox {
    guard address.isLoopback else {
      throw Diagnostic(
        .exposedSandbox,
        "the sandbox cannot listen on '\(address)', which other machines may reach",
        hint: "listen on 127.0.0.1, [::1] or localhost"
      )
    }
    var settings = ServerSettings()
    // Far more than the services allow, so that they refuse it in their own words.
    settings.limits.bodyBytes = 4 * configuration.bodyBytes
    settings.certificate = certificate
    settings.limits.connectionsPerAddress = settings.limits.connections
    let server = try HTTPServer(on: address, settings: settings) { request, _ in
      await self.handle(request)
    }
    return RunningSandbox(
      sandbox: self,
      server: server,
      scheme: certificate == nil ? "http" : "https"
    )
  }

  /// The settings of clients of this sandbox, under the names that Azure's own tools read.
  ///
  /// - Parameter endpoint: The base URL without a trailing slash, such as `http://127.0.0.1:7080`.
  /// - Returns: Names and values, as environment variables have them.
  package func settings(endpoint: String) -> [(name: String, value: String)] {
    [
      (
        name: "AZURE_COMMUNICATION_CONNECTION_STRING",
        value: resource.connectionString(endpoint: endpoint)
      )
    ] + tenant.settings(endpoint: endpoint) + (senders?.settings ?? [])
  }
}
