internal import Timekeeping
internal import Crypto
internal import HTTPMessages
internal import OrderedJSON

/// The provider `Microsoft.Communication` of Azure Resource Manager.
///
/// Source: Azure Communication fact sheet, section 7.
struct CommunicationManagement: SandboxService {
  let desk: ManagementDesk

  let versions = [
    "2020-08-20", "2023-03-31", "2023-04-01-preview", "2023-04-01", "2023-06-01-preview",
    "2024-09-01-preview", "2025-01-25-preview", "2025-05-01-preview", "2025-05-01", "2025-09-01",
    "2026-03-18",
  ]
  let access = ServiceAccess.management
  let dialect = ErrorDialect.management

  static let provider = "/providers/Microsoft.Communication"
  static let group = "/subscriptions/{subscription}/resourceGroups/{group}" + provider
  static let subscription = "/subscriptions/{subscription}" + provider

  var operations: [SandboxOperation] {
    serviceOperations + keyOperations + smtpOperations + emailServiceOperations + domainOperations
      + senderOperations + suppressionOperations + generalOperations
  }

  // MARK: What belongs to no resource

  private var generalOperations: [SandboxOperation] {
    [
      SandboxOperation("POST", Self.subscription + "/checkNameAvailability", checkName),
      SandboxOperation(
        "POST",
        Self.subscription + "/listVerifiedExchangeOnlineDomains",
        listExchangeDomains
      ),
      SandboxOperation("GET", Self.provider + "/operations", listOperations),
      SandboxOperation(
        "GET",
        Self.provider + "/locations/{location}/operationStatuses/{id}",
        showOperation
      ),
    ]
  }

  private func checkName(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    let body = try call.content()
    let name = try body.requiredText("name", in: "body")
    let type = try body.requiredText("type", in: "body").lowercased()
    return try desk.work(call, .read, on: call.subscriptionPath) { content throws(Problem) in
      let isTaken: Bool
      switch type {
      case "microsoft.communication/communicationservices":
        isTaken = content.services.contains { $0.path.name.lowercased() == name.lowercased() }
      case "microsoft.communication/emailservices":
        isTaken = content.emailServices.keys.contains {
          $0.name.lowercased() == name.lowercased()
        }
      default: throw .invalidContent("'body.type' is not a type of this provider.")
      }
      if isTaken { return .json(200, Self.unavailable("AlreadyExists", Self.takenText)) }
      let isValid = (1...63).contains(name.count) && name.allSatisfy(\.isPartOfServiceName)
      guard isValid else {
        return .json(200, Self.unavailable("Invalid", "The name is not valid for the type"))
      }
      return .json(200, ["nameAvailable": true])
    }
  }

  private static let takenText = "Requested name is unavailable for the requested type"

  private static func unavailable(_ reason: String, _ message: String) -> JSON {
    ["nameAvailable": false, "reason": .string(reason), "message": .string(message)]
  }

  private func listExchangeDomains(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    try desk.work(call, .read, on: call.subscriptionPath) { content in
      let domains = content.domains.values
        .filter { $0.management == .exchange && $0.isVerified }
        .map(\.senderDomain)
      return .json(200, .array(domains.sorted().map(JSON.string)))
    }
  }

  private func listOperations(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    let names = ["Read", "Write", "Delete"].flatMap { verb in
      ["CommunicationServices", "EmailServices", "EmailServices/Domains"].map { ($0, verb) }
    }
    let list = names.map { kind, verb -> JSON in
      [
        "name": .string("Microsoft.Communication/\(kind)/\(verb)"), "isDataAction": false,
        "display": [
          "provider": "Microsoft Communication", "resource": .string(kind),
          "operation": .string("\(verb) \(kind)"),
        ],
      ]
    }
    return .json(200, ["value": .array(list)])
  }

  private func showOperation(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    let id = call.parameters["id"] ?? ""
    return try desk.resources.content.change { content throws(Problem) in
      content.settle(at: call.now, step: desk.step)
      guard var operation = content.operations[id.lowercased()] else {
        throw Problem(404, "OperationNotFound", "The operation '\(id)' was not found.")
      }
      let stage = operation.progress.poll(at: call.now, step: desk.step)
      content.operations[operation.id] = operation
      return report(operation, stage, call)
    }
  }

  private func report(
    _ operation: ManagementOperation,
    _ stage: OperationProgress.Stage,
    _ call: ServiceCall
  ) -> HTTPResponse {
    var body: JSONObject = [
      "id": .string(operation.id), "status": "InProgress",
      "startTime": .string(operation.progress.begun.description),
      "percentComplete": stage == .waiting ? 0 : 50,
    ]
    guard stage == .ended else {
      var response = HTTPResponse.json(operation.isAccepted ? 202 : 200, .object(body))
      if operation.isAccepted {
        response.headers.append("Location", desk.address(of: operation, call))
      }
      response.headers.append("Retry-After", OperationProgress.retryAfter(step: desk.step))
      return response
    }
    body["status"] = operation.failure == nil ? "Succeeded" : "Failed"
    body["endTime"] = .string(operation.progress.end(step: desk.step).description)
    body["percentComplete"] = 100
    if let failure = operation.failure {
      body["error"] = ["code": .string(failure.code), "message": .string(failure.message)]
    }
    return .json(200, .object(body))
  }
}

extension Character {
  /// `[-\w]`, of which ASCII alone is meant.
  var isPartOfServiceName: Bool { isASCII && (isLetter || isNumber || self == "-" || self == "_") }

  /// `[a-zA-Z0-9-]`.
  var isPartOfEmailServiceName: Bool { isASCII && (isLetter || isNumber || self == "-") }
}
