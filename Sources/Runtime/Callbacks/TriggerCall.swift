import Seams
import Connectors
import HTTPMessages
import Timekeeping

/// What is known of a request to a trigger before it is taken in.
struct TriggerCall: Sendable {
  let arrived: Timestamp
  /// Names the event in the history; the same for every copy of a message that says its own name.
  let identity: String
  /// Names the request in answers.
  let requestID: String
  let clientTrackingID: String?
  /// How a report to a subscription is read; `nil` when somebody calls the flow.
  var reading: ReportReading?

  var isReport: Bool { reading != nil }

  init(_ request: HTTPRequest, _ environment: Environment) {
    arrived = environment.clock.now()
    requestID = environment.entropy.uuid()
    identity = MessageName.name(of: request.headers, environment.digests) ?? requestID
    clientTrackingID = request.headers["x-ms-client-tracking-id"].flatMap { text in
      text.isEmpty || text.utf8.count > 256 ? nil : text
    }
  }
}
