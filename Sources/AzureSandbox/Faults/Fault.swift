internal import HTTPMessages
internal import HTTPServer
internal import Timekeeping

/// A failure that somebody ordered: which requests it meets, and what happens to them.
struct Fault: Sendable {
  /// When the connection is dropped.
  enum Drop: String, CaseIterable, Sendable {
    /// Nothing has happened: the request is lost.
    case before
    /// The operation is done: its response is lost.
    case after
  }

  /// Given by the list of faults.
  var id = ""

  // Which requests.
  /// `nil` means every method.
  var method: String?
  /// The beginning of the request target.
  var pathPrefix = "/"
  /// How many fitting requests pass before the first is met.
  var skip = 0
  /// How many more requests are met; `nil` means all.
  var count: Int? = 1

  // What happens.
  /// Answered instead of doing anything.
  var status: Int?
  var code: String?
  var message: String?
  var retryAfter: Duration?
  /// How long to wait before anything else.
  var delay: Duration?
  var drop: Drop?
  /// How far the sandbox's clock is ahead while it handles the request.
  var clockOffset = Duration.zero

  func fits(_ request: HTTPRequest) -> Bool {
    (method == nil || method == request.method) && request.target.hasPrefix(pathPrefix)
  }

  /// The answer in place of the service's; `nil` when the service is to answer.
  func reply() -> ServiceReply? {
    if drop == .before { return ServiceReply(.dropped) }
    guard let status else { return nil }
    var problem = Problem(
      status,
      code ?? Self.code(status),
      message ?? "The sandbox was told to answer so."
    )
    if let retryAfter {
      problem.headers.append("Retry-After", String(Int64(retryAfter.seconds.rounded(.up))))
    }
    problem.headers.append(SandboxHeader.fault, id)
    return ServiceReply(problem)
  }

  private static func code(_ status: Int) -> String {
    switch status {
    case 401, 403: "Denied"
    default: HTTPStatus.name(status)
    }
  }
}
