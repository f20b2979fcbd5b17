internal import HTTPMessages
internal import OrderedJSON
internal import Timekeeping

/// The sandbox's own paths: faults, recent requests, and a look into tokens.
///
/// They take no credential, because the sandbox serves this machine only.
struct AdminService: Sendable {
  static let pathPrefix = "/_sandbox/"

  private let router: Router<SandboxOperation.Action>

  init(
    faults: FaultList,
    journal: RequestJournal,
    captures: CaptureStore,
    resources: ResourceDirectory,
    identity: IdentityService,
    messages: SMSDesk
  ) {
    var router = Router<SandboxOperation.Action>()
    let operations =
      Self.faultOperations(faults) + Self.requestOperations(journal)
      + Self.captureOperations(captures) + Self.managementOperations(resources) + [
        Self.tokenOperation(identity), Self.receptionOperation(messages),
        Self.outcomeOperation(messages),
        SandboxOperation("POST", Self.pathPrefix + "teams-users", identity.teams.add),
      ]
    for operation in operations {
      router.add(operation.method, operation.pattern, operation.action)
    }
    self.router = router
  }

  func handle(_ request: HTTPRequest, at now: Timestamp) -> HTTPResponse {
    do throws(Problem) {
      switch router.match(request.method, request.target) {
      case .found(let action, let parameters):
        return try action(
          ServiceCall(
            request: request,
            parameters: parameters,
            version: "",
            now: now,
            admission: Admission(caller: .machine, resource: nil)
          )
        )
      case .methodNotAllowed(let allowed):
        var problem = Problem(405, "MethodNotAllowed", "Use \(allowed.joined(separator: ", ")).")
        problem.headers.append("Allow", allowed.joined(separator: ", "))
        throw problem
      case .notFound:
        let paths = [
          "faults", "faults/{id}", "mail", "operation-failures", "requests", "sms",
          "sms/outcomes", "sms/received", "teams-users", "tokens/inspect", "verifications",
        ]
        let list = paths.map { Self.pathPrefix + $0 }.joined(separator: ", ")
        throw Problem(404, "NotFound", "The sandbox has no such path. It has: \(list).")
      }
    } catch {
      return error.response
    }
  }

  private static func faultOperations(_ faults: FaultList) -> [SandboxOperation] {
    let list: SandboxOperation.Action = { _ in
      .json(200, ["faults": .array(faults.all.map(\.json))])
    }
    let add: SandboxOperation.Action = { call throws(Problem) in
      .json(201, faults.add(try Fault(try call.body())).json)
    }
    let clear: SandboxOperation.Action = { _ in
      faults.clear()
      return HTTPResponse(status: 204)
    }
    let remove: SandboxOperation.Action = { call throws(Problem) in
      guard faults.remove(call.parameters["id"] ?? "") else {
        throw Problem(404, "NotFound", "No such fault is waiting.")
      }
      return HTTPResponse(status: 204)
    }
    return [
      SandboxOperation("GET", pathPrefix + "faults", list),
      SandboxOperation("POST", pathPrefix + "faults", add),
      SandboxOperation("DELETE", pathPrefix + "faults", clear),
      SandboxOperation("DELETE", pathPrefix + "faults/{id}", remove),
    ]
  }

  private static func requestOperations(_ journal: RequestJournal) -> [SandboxOperation] {
    let list: SandboxOperation.Action = { call in
      let limit = QueryString(call.request.target)["limit"].flatMap { Int($0) } ?? 100
      return .json(200, ["requests": .array(journal.recent(max(0, limit)).map(\.json))])
    }
    let clear: SandboxOperation.Action = { _ in
      journal.clear()
      return HTTPResponse(status: 204)
    }
    return [
      SandboxOperation("GET", pathPrefix + "requests", list),
      SandboxOperation("DELETE", pathPrefix + "requests", clear),
    ]
  }

  private static func captureOperations(_ captures: CaptureStore) -> [SandboxOperation] {
    [Capture.Kind.mail, .sms].map { kind in
      SandboxOperation("GET", pathPrefix + kind.rawValue) { call in
        let limit = QueryString(call.request.target)["limit"].flatMap { Int($0) } ?? 100
        let list = captures.recent(kind, limit: max(0, limit)).map(\.json)
        return .json(200, [kind.rawValue: .array(list)])
      }
    }
  }

  /// A message from a recipient; `STOP`, `START` and `UNSTOP` are obeyed.
  private static func receptionOperation(_ messages: SMSDesk) -> SandboxOperation {
    SandboxOperation("POST", pathPrefix + "sms/received") { call throws(Problem) in
      let body = try call.body()
      guard let from = body["from"]?.stringValue, let to = body["to"]?.stringValue,
        let message = body["message"]?.stringValue
      else { throw .validation("The body must have the texts 'from', 'to' and 'message'.") }
      let isOptedOut = try messages.receive(message, from: from, to: to, at: call.now)
      return .json(200, ["isOptedOut": .bool(isOptedOut)])
    }
  }

  /// What becomes of messages to a recipient, for those who ask for delivery reports.
  private static func outcomeOperation(_ messages: SMSDesk) -> SandboxOperation {
    SandboxOperation("POST", pathPrefix + "sms/outcomes") { call throws(Problem) in
      let body = try call.body()
      let code = (body["code"]?.integerValue).flatMap { DeliveryOutcome(rawValue: Int($0)) }
      guard let to = body["to"]?.stringValue, let code else {
        let codes = DeliveryOutcome.allCases.map { String($0.rawValue) }.joined(separator: ", ")
        throw .validation("The body must have the text 'to' and a 'code' of \(codes).")
      }
      messages.order(code, to: to)
      return .json(200, ["to": .string(to), "outcome": .string(code.message)])
    }
  }

  private static func tokenOperation(_ identity: IdentityService) -> SandboxOperation {
    SandboxOperation("POST", pathPrefix + "tokens/inspect") { call throws(Problem) in
      guard let token = try call.body()["token"]?.stringValue else {
        throw .validation("The body must be an object with the string member 'token'.")
      }
      return .json(200, identity.inspect(token, at: call.now).json)
    }
  }
}
