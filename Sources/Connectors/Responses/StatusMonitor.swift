package import Definitions
package import HTTPMessages
internal import OrderedJSON

/// Reads what a service answers about work that goes on after the first answer.
///
/// Source: Azure REST API guidelines, "Long-running operations".
package enum StatusMonitor {
  /// How far the work is.
  package enum Finding: Sendable {
    /// It goes on; ask here.
    case running(at: FollowUp)
    /// It succeeded; the result is elsewhere, or is this answer.
    case succeeded(result: FollowUp?)
    case failed(code: String, message: String)
  }

  private static let headers = ["Operation-Location", "Azure-AsyncOperation"]
  private static let running: Set<String> = [
    "notstarted", "running", "inprogress", "accepted", "queued", "pending", "creating",
    "updating", "deleting", "moving", "provisioning",
  ]
  private static let failed: Set<String> = ["failed", "canceled", "cancelled"]

  /// - Parameters:
  ///   - response: An answer to `sent`.
  ///   - sent: The first request, or the question for its status.
  ///   - operation: How it tells of its end.
  ///   - original: What the first request addresses.
  ///   - isPoll: Whether `sent` is a question.
  /// - Returns: `nil` when the answer says nothing about a status.
  package static func read(
    _ response: HTTPResponse,
    to sent: HTTPRequest,
    of operation: LongRunning,
    original: HTTPRequest,
    isPoll: Bool
  ) -> Finding? {
    guard response.isSuccess else { return nil }
    guard isPoll else { return first(response, to: sent) }
    guard response.status == 200, let body = try? JSON(parsing: response.body),
      let status = body["status"]?.stringValue?.lowercased()
    else { return nil }
    if running.contains(status) { return .running(at: FollowUp(to: sent, like: sent)) }
    if failed.contains(status) { return failure(status, body["error"] ?? .null) }
    guard status == "succeeded" else { return nil }
    return .succeeded(
      result: result(of: operation, original, body, response, sent)
    )
  }

  /// Where to ask for the status, when the first answer says so.
  private static func first(_ response: HTTPResponse, to sent: HTTPRequest) -> Finding? {
    let address = headers.lazy.compactMap { response.headers[$0] }.first
    guard let address, let target = URLReference.resolve(address, against: sent),
      isSafe(target, after: sent)
    else { return nil }
    return .running(at: FollowUp(to: target, like: sent))
  }

  private static func result(
    of operation: LongRunning,
    _ original: HTTPRequest,
    _ body: JSON,
    _ response: HTTPResponse,
    _ sent: HTTPRequest
  ) -> FollowUp? {
    switch operation.finalState {
    case .statusMonitor: return nil
    case .originalURI:
      var target = original
      target.body = []
      return FollowUp(to: target, like: original)
    case .location:
      let address = body["resourceLocation"]?.stringValue ?? response.headers["Location"]
      guard let address, let target = URLReference.resolve(address, against: sent),
        isSafe(target, after: sent), target.url != sent.url
      else { return nil }
      return FollowUp(to: target, like: sent)
    }
  }

  private static func failure(_ status: String, _ error: JSON) -> Finding {
    .failed(
      code: error["code"]?.stringValue ?? (status == "failed" ? "OperationFailed" : "Canceled"),
      message: error["message"]?.stringValue
        ?? "the service ended the operation as '\(status)' and gives no reason"
    )
  }

  /// Never from https to http.
  private static func isSafe(_ target: HTTPRequest, after sent: HTTPRequest) -> Bool {
    sent.scheme == "http" || target.scheme == "https"
  }
}
