internal import Crypto
internal import Foundation
internal import HTTPMessages
internal import OrderedJSON
internal import Seams
internal import Timekeeping

/// Takes mail in and tells what became of it.
///
/// Source: Azure Communication fact sheet, sections 3 and 8.8.
final class MailService: SandboxService {
  let versions = [
    PreviewMail.version, "2023-01-15-preview", "2023-03-31", "2024-07-01-preview",
    "2025-01-15-preview", "2025-09-01",
  ]
  let dialect = ErrorDialect.email

  private let resources: ResourceDirectory
  private let captures: CaptureStore
  private let windows: MailWindows?
  private let step: Duration
  private let entropy: any Entropy
  private let states: ResourceStates<MailState>
  private let repeated = RepeatedRequests()

  init(_ parts: SandboxParts) {
    resources = parts.resources
    captures = parts.captures
    windows = parts.configuration.mailLimits.map(MailWindows.init)
    step = parts.configuration.operationStep
    entropy = parts.sources.stream("mail")
    states = ResourceStates("email", on: parts.shelf, MailState())
  }

  var operations: [SandboxOperation] {
    [
      SandboxOperation("POST", "/emails:send", send),
      SandboxOperation("GET", "/emails/operations/{id}", status),
      SandboxOperation("GET", "/emails/{id}/status", previewStatus),
    ]
  }

  // MARK: Sending

  private func send(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    // The sender tells which quota the call counts in, so the body is read first and judged after.
    let body = Result { () throws(Problem) in try self.body(of: call) }
    let name = (try? body.get()).flatMap(MailMessage.domain)
    let domain = name.flatMap { resources.linkedDomain($0, of: call.resource) }
    try windows?.enterSend(call, from: domain?.management ?? .customer)
    let members = try body.get()
    if call.isPreviewOfMail { try PreviewMail.requireRepeatability(call) }
    return try repeated.perform(call) { () throws(Problem) in
      try accept(try MailMessage(members, version: call.version), from: domain, call)
    }
  }

  private func body(of call: ServiceCall) throws(Problem) -> JSONObject {
    guard call.request.body.count <= MailMessage.maximumBytes else {
      throw MailMessage.invalid("A mail has at most 10 MB with all attachments.")
    }
    let body: JSONObject
    do throws(Problem) { body = try call.body() } catch {
      throw MailMessage.invalid(error.message)
    }
    return call.isPreviewOfMail ? try PreviewMail.translated(body) : body
  }

  private func accept(
    _ message: MailMessage,
    from domain: EmailDomain?,
    _ call: ServiceCall
  ) throws(Problem) -> HTTPResponse {
    let id = try operationID(call)
    let digest = Array(SHA256.digest(call.request.body))
    let operation = try states[call.resource].change { state throws(Problem) in
      if let earlier = state[id] { return try Self.same(earlier, as: digest) }
      let operation = MailOperation(
        id: id,
        request: digest,
        domain: domain?.management ?? .customer,
        progress: OperationProgress(begun: call.now),
        drop: try Self.drop(message, from: domain)
      )
      state.add(operation)
      if operation.drop == nil { captures.add(Capture(.mail, id: id, message.shown, by: call)) }
      return operation
    }
    return answer(operation, call)
  }

  private static func same(_ earlier: MailOperation, as request: [UInt8]) throws(Problem)
    -> MailOperation
  {
    guard earlier.request == request else {
      throw Problem(
        409,
        "Conflict",
        "The Operation-Id '\(earlier.id)' was used for another mail."
      )
    }
    return earlier
  }

  private func operationID(_ call: ServiceCall) throws(Problem) -> String {
    guard let given = call.request.headers.first("Operation-Id") else { return entropy.uuid() }
    guard UUID(uuidString: given) != nil else {
      throw Problem(400, "BadRequest", "Operation-Id must be a UUID.")
    }
    return given
  }

  /// Why the mail will be dropped; `nil` when it will go out.
  ///
  /// - Throws: 404 when the domain of the sender is not linked, 400 for an unknown username.
  private static func drop(_ message: MailMessage, from domain: EmailDomain?) throws(Problem)
    -> MailOperation.Drop?
  {
    guard let domain else {
      throw Problem(
        404,
        "DomainNotLinked",
        "The specified sender domain has not been linked."
      )
    }
    guard domain.hasSender(message.username) else {
      throw Problem(
        400,
        "InvalidSenderUserName",
        "Invalid email sender username: '\(message.username)'. Please use a username from the "
          + "list of valid usernames configured by your admin."
      )
    }
    let isNobodyLeft = message.recipients.allSatisfy {
      domain.suppresses($0, from: message.username)
    }
    return isNobodyLeft ? .allSuppressed : nil
  }

  private func answer(_ operation: MailOperation, _ call: ServiceCall) -> HTTPResponse {
    let isPreview = call.isPreviewOfMail
    var response = isPreview ? HTTPResponse(status: 202) : .json(202, operation.running)
    if isPreview { response.headers.append("x-ms-request-id", operation.id) }
    let path = isPreview ? "\(operation.id)/status" : "operations/\(operation.id)"
    response.headers.append(
      "Operation-Location",
      "\(call.origin)/emails/\(path)?api-version=\(call.version)"
    )
    response.headers.append("Retry-After", OperationProgress.retryAfter(step: step))
    return response
  }

  // MARK: Asking

  private func status(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    try status(call, isPreview: false) { $0.status(at: $1) }
  }

  private func previewStatus(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    try status(call, isPreview: true) { $0.previewStatus(at: $1) }
  }

  /// Each of the two paths is there in the versions of its own.
  private func status(
    _ call: ServiceCall,
    isPreview: Bool,
    _ body: (MailOperation, OperationProgress.Stage) -> JSON
  ) throws(Problem) -> HTTPResponse {
    guard call.isPreviewOfMail == isPreview else {
      throw .notFound("Version '\(call.version)' has no such path.")
    }
    let id = call.parameters["id"] ?? ""
    let known = states[call.resource].read { $0[id] }
    try windows?.enterStatus(call, of: known?.domain ?? .customer)
    let found = states[call.resource].change { $0.poll(id, at: call.now, step: step) }
    guard let (operation, stage) = found else {
      throw Problem(404, "NotFound", "No such operation.")
    }
    var response = HTTPResponse.json(200, body(operation, stage))
    if stage != .ended {
      response.headers.append("Retry-After", OperationProgress.retryAfter(step: step))
    }
    return response
  }
}
