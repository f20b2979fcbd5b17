import Engine
import HTTPMessages

/// A request as the service sees it, with the step that sent it.
struct ServiceRequest: Sendable {
  enum Purpose: String, Sendable {
    case call, piece, poll, subscribe, unsubscribe
  }

  let request: HTTPRequest
  let run: RunID
  let address: ActionAddress
  let purpose: Purpose

  /// The step in words, the same for every repetition.
  let step: String

  /// Whether it went through the gate of the connection that has a limit.
  var isLimited: Bool { request.host == ServiceConnector.host }

  var isSigned: Bool { request.host == ServiceConnector.signedHost }

  var isConnector: Bool { isLimited || isSigned }

  /// What `ServiceRequest.init` reads; requests carry it where they carry the trace.
  static func mark(_ run: String, _ address: ActionAddress) -> String {
    "\(run)|\(address.action)|\(address.indices.map(String.init).joined(separator: "."))"
  }

  /// `nil` for a request that carries no mark.
  init?(_ request: HTTPRequest) {
    let mark = request.headers["traceparent"] ?? ""
    let parts = mark.split(separator: "|", omittingEmptySubsequences: false)
    guard parts.count == 3, let action = Int(parts[1]) else { return nil }
    self.request = request
    run = RunID(String(parts[0]))
    address = ActionAddress(
      action: action,
      indices: parts[2].split(separator: ".").compactMap { Int($0) }
    )
    switch request.path {
    case "/subscribe": purpose = .subscribe
    case "/unsubscribe": purpose = .unsubscribe
    case let path where path.hasPrefix("/jobs/"): purpose = .poll
    case _ where SimulatedContent.goesOn(request): purpose = .piece
    default: purpose = .call
    }
    step = "\(run.text)/\(parts[1])[\(parts[2])]/\(purpose.rawValue)"
  }
}
