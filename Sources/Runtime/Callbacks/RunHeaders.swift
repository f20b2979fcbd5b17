import Connectors
import Definitions
import Engine
import HTTPMessages

/// What an answer to a caller says of the run that it started.
///
/// Source: workflow language reference, section d.4 (Response) and e.3.
struct RunHeaders: Sendable {
  private let fields: [(name: String, value: String)]
  private let tracking: String?
  private let suppresses: Bool

  init(flow: ServedFlow, trigger: FlowTrigger, call: TriggerCall, compiled: CompiledFlow) {
    let options = trigger.options
    suppresses =
      options.contains("suppressworkflowheaders")
      || options.contains("suppressworkflowheadersonresponse") || compiled.suppressesHeaders
    tracking = call.clientTrackingID
    fields = [
      ("x-ms-request-id", call.requestID),
      ("x-ms-correlation-id", call.requestID),
      ("x-ms-tracking-id", call.requestID),
      ("x-ms-trigger-history-name", call.identity),
      ("x-ms-workflow-id", flow.name),
      ("x-ms-workflow-name", flow.name),
      ("x-ms-workflow-system-id", "/workflows/\(flow.name)"),
      ("x-ms-workflow-version", String(flow.planHash.prefix(20))),
    ]
  }

  /// 202 for what was taken in; with an address when the answer is to be asked for there.
  func accepted(_ run: RunID?, pollingAt location: String? = nil) -> HTTPResponse {
    var response = location.map(Self.later) ?? HTTPResponse(status: 202)
    add(to: &response, run)
    return response
  }

  static func later(_ location: String) -> HTTPResponse {
    HTTPResponse(status: 202, headers: ["Location": location, "Retry-After": "10"])
  }

  /// Adds the headers that a Response has not set itself.
  func add(to response: inout HTTPResponse, _ run: RunID?) {
    guard !suppresses else { return }
    var all = fields
    if let run { all.append(("x-ms-workflow-run-id", run.text)) }
    if let name = tracking ?? run?.text { all.append(("x-ms-client-tracking-id", name)) }
    for (name, value) in all where response.headers[name] == nil {
      response.headers.append(name, ResponseMessage.fieldValue(value))
    }
  }
}
