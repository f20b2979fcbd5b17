package import HTTPMessages

/// Sends HTTP requests.
package protocol HTTPTransport: Sendable {
  /// Sends one request and returns its response, whatever the status; redirects are not followed.
  ///
  /// Cancelling the task aborts the transfer.
  ///
  /// - Throws: `TransportFailure` when there is no response.
  func send(
    _ request: HTTPRequest,
    limits: TransferLimits
  ) async throws(TransportFailure) -> HTTPResponse
}
