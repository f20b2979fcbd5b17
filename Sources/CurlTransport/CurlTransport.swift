package import HTTPMessages
package import Seams
import Synchronization

/// HTTP over libcurl: one thread drives every transfer.
///
/// Connections are kept alive and reused per origin, HTTP/2 is used over TLS where the server
/// offers it, certificates are verified, and proxies come from the environment as curl reads it.
/// The target and the headers go out as given; added are `Host`, the length of the body, and
/// unless set `User-Agent` and `Accept-Encoding`. When the transport asked for compression it
/// removes it, together with `Content-Encoding` and `Content-Length` of the response.
///
/// Source: https://curl.se/libcurl/c/libcurl-multi.html
package final class CurlTransport: HTTPTransport {
  private let inbox = CurlInbox()
  private let settings: CurlSettings
  /// Whether the thread runs, or never will.
  private let isBegun = Mutex(false)

  /// The thread starts with the first request, for what needs none must not wait for libcurl.
  ///
  /// - Parameters:
  ///   - userAgent: Sent unless a request sets its own, such as `weir/1.0`.
  ///   - certificateFile: The path of a PEM file with the authorities to trust in place of those
  ///     of the system; read for each new connection.
  package init(userAgent: String, certificateFile: String? = nil) {
    settings = CurlSettings(userAgent: userAgent, certificateFile: certificateFile)
  }

  deinit { inbox.close() }

  private func begin() {
    isBegun.withLock { isBegun in
      guard !isBegun else { return }
      isBegun = true
      CurlLoop.start(inbox: inbox, settings: settings)
    }
  }

  package func send(_ request: HTTPRequest, limits: TransferLimits)
    async throws(TransportFailure) -> HTTPResponse
  {
    if let failure = request.failure { throw failure }
    begin()
    let transfer = Transfer(request: request, limits: limits)
    let result = await withTaskCancellationHandler {
      await withUnsafeContinuation { continuation in
        transfer.arm(continuation)
        if !inbox.submit(transfer) { transfer.finish(.failure(.transportClosed)) }
      }
    } onCancel: {
      inbox.cancel(transfer)
    }
    return try result.get()
  }

  /// Aborts what is under way and closes all connections; later requests fail as cancelled.
  package func close() async {
    let isIdle = isBegun.withLock { isBegun in
      defer { isBegun = true }
      return !isBegun
    }
    if isIdle {
      inbox.close()
      inbox.finish()
    }
    await withCheckedContinuation { inbox.close(then: $0) }
  }
}
