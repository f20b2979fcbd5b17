internal import Crypto
internal import Foundation
internal import HTTPMessages
internal import Synchronization
internal import Timekeeping

/// Recognises requests that are sent again under the id of an earlier one.
///
/// Source: Azure Communication fact sheet, section 3 ("Repeatability headers").
final class RepeatedRequests: Sendable {
  private struct Entry: Sendable {
    let request: [UInt8]
    let begun: Timestamp
    /// `nil` while it runs.
    var outcome: Result<HTTPResponse, Problem>?
  }

  /// The headers that a service reads.
  enum Headers: Sendable {
    /// `Repeatability-Request-ID`, a GUID, and `Repeatability-First-Sent`.
    case idAndTime
    /// `Repeatability-Request-ID` alone, any text.
    case id
  }

  static let window = Duration.seconds(300)

  private let headers: Headers
  private let entries = Mutex<[String: Entry]>([:])

  init(_ headers: Headers = .idAndTime) { self.headers = headers }

  /// Performs a request once, however often it comes; without the headers, each time.
  ///
  /// - Parameters:
  ///   - call: Its headers `Repeatability-Request-ID` and `Repeatability-First-Sent` decide.
  ///   - action: What answers the request the first time.
  /// - Returns: The first answer, with `Repeatability-Result`.
  /// - Throws: 400 for malformed headers and for another request under a known id, 409 while the
  ///   first runs, 412 when it was first sent too long ago; whatever `action` throws.
  func perform(
    _ call: ServiceCall,
    _ action: () throws(Problem) -> HTTPResponse
  ) throws(Problem) -> HTTPResponse {
    guard let id = try requestID(call) else { return try action() }
    let key = "\(call.resource.id) \(id)"
    let request = SHA256.digest(
      Array("\(call.request.method) \(call.request.target)\n".utf8) + call.request.body
    )
    if let earlier = try begin(key, request, call.now) { return try earlier.get() }
    let outcome = Self.outcome(of: action)
    end(key, outcome)
    return try outcome.get()
  }

  private static func outcome(
    of action: () throws(Problem) -> HTTPResponse
  ) -> Result<HTTPResponse, Problem> {
    do throws(Problem) {
      var answer = try action()
      answer.headers.append("Repeatability-Result", "accepted")
      return .success(answer)
    } catch {
      var problem = error
      problem.headers.append("Repeatability-Result", "rejected")
      return .failure(problem)
    }
  }

  private func requestID(_ call: ServiceCall) throws(Problem) -> String? {
    let headers = call.request.headers
    let id = headers.first("Repeatability-Request-ID")
    if self.headers == .id { return id }
    let sent = headers.first("Repeatability-First-Sent")
    guard id != nil || sent != nil else { return nil }
    guard let id, UUID(uuidString: id) != nil else {
      throw Self.rejected(400, "BadRequest", "Repeatability-Request-ID must be a GUID.")
    }
    guard let time = sent.flatMap(HTTPDate.timestamp) else {
      throw Self.rejected(
        400,
        "BadRequest",
        "Repeatability-First-Sent must be a date such as 'Fri, 20 Nov 2026 21:15:00 GMT'."
      )
    }
    guard call.now - time <= Self.window else {
      throw Self.rejected(
        412,
        "PreconditionFailed",
        "Repeatability-First-Sent is outside the window of 5 minutes."
      )
    }
    return id.lowercased()
  }

  private func begin(
    _ key: String,
    _ request: [UInt8],
    _ now: Timestamp
  ) throws(Problem) -> Result<HTTPResponse, Problem>? {
    try entries.withLock { entries throws(Problem) in
      // The window is counted from the first request, and the client's clock may be ahead.
      entries = entries.filter { now - $0.value.begun <= Self.window * 2 }
      guard let entry = entries[key] else {
        entries[key] = Entry(request: request, begun: now)
        return nil
      }
      guard entry.request == request else {
        throw Self.rejected(
          400,
          "BadRequest",
          "Repeatability-Request-ID was used for another request."
        )
      }
      guard let outcome = entry.outcome else {
        throw Self.rejected(409, "Conflict", "The first request under this id still runs.")
      }
      return outcome
    }
  }

  private func end(_ key: String, _ outcome: Result<HTTPResponse, Problem>) {
    entries.withLock { entries in
      // After a failure of the service the request may run again.
      if case .failure(let problem) = outcome, problem.status >= 500 {
        entries.removeValue(forKey: key)
      } else {
        entries[key]?.outcome = outcome
      }
    }
  }

  private static func rejected(_ status: Int, _ code: String, _ message: String) -> Problem {
    var problem = Problem(status, code, message)
    problem.headers.append("Repeatability-Result", "rejected")
    return problem
  }
}
