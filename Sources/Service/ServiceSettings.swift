/// How the service behaves.
package struct ServiceSettings: Sendable {
  /// Whether clients on this machine need no token even when there are some.
  package var isOpenOnLoopback = false

  /// Who somebody without a token is, and whose connections they use.
  package var systemUser = "system"

  /// How clients reach the server from outside, without a trailing slash; `nil` takes what each
  /// request says.
  package var baseURL: String?

  /// How many requests one token may send in the long run.
  package var requestsPerSecond = 50.0

  /// How many requests one token may send at once.
  package var requestBurst = 200

  /// The largest request body in bytes.
  package var bodyBytes = 16 << 20

  /// The version of the program, for people.
  package var version = "0"

  package init() {}
}
