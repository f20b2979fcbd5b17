package import HTTPServer

/// A sandbox that listens.
package struct RunningSandbox: Sendable {
  package let sandbox: AzureSandbox
  let server: HTTPServer
  let scheme: String

  /// Where it listens, with its real port.
  package var address: ListenAddress { server.address }

  /// The base URL, without a trailing slash.
  package var endpoint: String { "\(scheme)://\(address)" }

  /// What clients need, as `NAME` and `value`.
  package var settings: [(name: String, value: String)] { sandbox.settings(endpoint: endpoint) }

  /// Lets requests at work finish, and ends.
  package func stop(within patience: Duration = .seconds(5)) async {
    await server.stop(within: patience)
  }
}
