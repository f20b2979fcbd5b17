internal import OrderedJSON
internal import Timekeeping

/// What becomes of one message.
///
/// Source: Azure Communication fact sheet, section 4; the published description of the preview
/// 2025-08-01 for the members.
struct DeliveryReport: Codable, Sendable {
  /// The id under which the message was accepted.
  let message: String
  let from: String
  let to: String
  let tag: String?
  let outcome: DeliveryOutcome
  let progress: OperationProgress

  func json(at now: Timestamp, step: Duration) -> JSON {
    let isOver = progress.stage(at: now, step: step) == .ended
    var object: JSONObject = [
      "deliveryStatus": isOver ? (outcome == .delivered ? "Delivered" : "Failed") : "Pending"
    ]
    if isOver {
      let time = JSON.string(progress.end(step: step).textOfSeconds)
      let isDelivered = outcome == .delivered
      object["deliveryStatusDetails"] = .string("\(outcome.rawValue): \(outcome.message)")
      object["deliveryAttempts"] = [
        [
          "timestamp": time, "segmentsSucceeded": isDelivered ? 1 : 0,
          "segmentsFailed": isDelivered ? 0 : 1,
        ]
      ]
      object["receivedTimestamp"] = time
    }
    object["tag"] = tag.map(JSON.string)
    object["messageId"] = .string(message)
    object["from"] = .string(from)
    object["to"] = .string(to)
    return .object(object)
  }
}

/// The reports of one resource.
struct DeliveryReports: Codable, Sendable {
  private var reports: [String: DeliveryReport] = [:]
  /// Ids, oldest first.
  private var order: [String] = []

  /// Reports are forgotten when so many newer ones came.
  private static let capacity = 10_000

  subscript(message: String) -> DeliveryReport? { reports[message] }

  mutating func add(_ report: DeliveryReport) {
    reports[report.message] = report
    order.append(report.message)
    guard order.count > Self.capacity else { return }
    reports.removeValue(forKey: order.removeFirst())
  }
}
