internal import HTTPMessages
internal import OrderedJSON

/// Tells what became of messages whose sender asked for a report.
///
/// Source: the published description of the preview 2025-08-01.
struct DeliveryReportService: SandboxService {
  let versions = ["2025-08-01-preview", "2026-01-23"]

  private let desk: SMSDesk

  init(_ desk: SMSDesk) { self.desk = desk }

  var operations: [SandboxOperation] {
    [
      SandboxOperation("GET", "/deliveryReports/{message}") { [desk] call in
        let report = desk.reports[call.resource].read { $0[call.parameters["message"] ?? ""] }
        return report.map { .json(200, $0.json(at: call.now, step: desk.step)) } ?? Self.unknown
      }
    ]
  }

  /// This operation alone answers with the problem details of HTTP.
  ///
  /// Source: RFC 9457 section 3.
  private static let unknown = HTTPResponse.json(
    404,
    [
      "type": "https://tools.ietf.org/html/rfc9110#section-15.5.5", "title": "Not Found",
      "status": 404,
    ]
  )
}
