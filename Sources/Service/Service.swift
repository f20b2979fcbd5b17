package import HTTPMessages
import Runtime
import Seams

/// The REST API: everything about a server that people and programs can see and do.
///
/// It knows no sockets: a request and the client it came from go in, a response comes out.
///
/// Source: workflow language reference, section (g).
package final class Service: Sendable {
  private let parts: ServiceParts
  private let settings: ServiceSettings
  private let doorkeeper: Doorkeeper
  private let router: Router<Route>
  private let changes = RunChanges()

  package init(_ parts: ServiceParts, settings: ServiceSettings = ServiceSettings()) {
    self.parts = parts
    self.settings = settings
    doorkeeper = Doorkeeper(environment: parts.environment, settings: settings)
    var router = Router<Route>()
    for route in RouteTable.routes { router.add(route.method, route.pattern, route) }
    self.router = router
    changes.listen(to: parts.worker)
  }

  /// Answers one request; whatever it is, there is an answer.
  package func handle(_ request: HTTPRequest, from client: ServiceClient) async -> ServiceResponse {
    let start = ContinuousClock.now
    let response = await respond(to: request, from: client)
    let served = ServedRequest(
      route: routeName(of: request),
      method: request.method,
      status: response.head.status,
      duration: .now - start
    )
    parts.reports.served(served)
    return response
  }

  /// The pattern of the path, which unlike the path is one of a few.
  private func routeName(of request: HTTPRequest) -> String {
    if parts.receiver != nil, CallbackReceiver.handles(request.path) { return "callback" }
    switch router.match(request.method, request.target) {
    case .found(let route, _): return route.pattern
    case .methodNotAllowed, .notFound: return "none"
    }
  }

  private func respond(to request: HTTPRequest, from client: ServiceClient)
    async -> ServiceResponse
  {
    // The signature decides about these, not a token.
    if let receiver = parts.receiver, CallbackReceiver.handles(request.path) {
      return secured(ServiceResponse(await receiver.receive(request)), request)
    }
    let response: ServiceResponse
    do throws(Problem) {
      response = try await answer(request, client)
    } catch {
      note(error, request)
      response = error.response
    }
    return secured(response, request)
  }

  private func answer(_ request: HTTPRequest, _ client: ServiceClient)
    async throws(Problem) -> ServiceResponse
  {
    guard request.body.count <= settings.bodyBytes else {
      throw Problem(
        413,
        "RequestEntityTooLarge",
        "The request body is larger than \(settings.bodyBytes) bytes."
      )
    }
    guard request.target.hasPrefix("/") else {
      throw .notFound("NotFound", "A path begins with a slash.")
    }
    let match = router.match(request.method, request.target)
    if case .found(let route, let parameters) = match, route.access == .open {
      return try await enter(route, request, parameters, Caller(name: "", role: .reader))
    }
    if request.method == "OPTIONS", case .methodNotAllowed(let allowed) = match {
      return Self.options(allowed)
    }
    let caller = try await doorkeeper.admit(request, from: client)
    switch match {
    case .found(let route, let parameters):
      return try await enter(route, request, parameters, caller)
    case .methodNotAllowed(let allowed): throw Self.notAllowed(request, allowed)
    case .notFound: throw .notFound("NotFound", "Nothing is at the path '\(request.path)'.")
    }
  }

  private func enter(
    _ route: Route,
    _ request: HTTPRequest,
    _ parameters: [String: String],
    _ caller: Caller
  ) async throws(Problem) -> ServiceResponse {
    if case .role(let least) = route.access, caller.role < least {
      throw .forbidden(
        "'\(caller.name)' has the role '\(caller.role)'; this needs the role '\(least)'."
      )
    }
    let call = Call(
      request: request,
      parameters: parameters,
      query: QueryItems(request.query),
      caller: caller,
      parts: parts,
      settings: settings,
      changes: changes
    )
    return try await route.handler(call)
  }

  private static func options(_ allowed: [String]) -> ServiceResponse {
    let methods = (allowed + ["OPTIONS"]).sorted().joined(separator: ", ")
    return ServiceResponse(HTTPResponse(status: 204, headers: ["Allow": methods]))
  }

  private static func notAllowed(_ request: HTTPRequest, _ allowed: [String]) -> Problem {
    let methods = (allowed + ["OPTIONS"]).sorted().joined(separator: ", ")
    var problem = Problem(
      405,
      "MethodNotAllowed",
      "The method '\(request.method)' is not allowed here; allowed are \(methods)."
    )
    problem.headers["Allow"] = methods
    return problem
  }

  private func note(_ problem: Problem, _ request: HTTPRequest) {
    guard problem.status >= 500 else { return }
    parts.environment.log.write(
      .error,
      ServiceEvent.failed,
      [
        ("method", request.method), ("path", request.path), ("status", "\(problem.status)"),
        ("code", problem.code), ("why", problem.message),
      ]
    )
  }

  /// What every answer carries; an answer to `HEAD` has no body.
  private func secured(_ response: ServiceResponse, _ request: HTTPRequest) -> ServiceResponse {
    var response = response
    for field in SecurityHeaders.all where response.head.headers[field.name] == nil {
      response.head.headers.append(field.name, field.value)
    }
    if request.method == "HEAD" {
      response.head.body = []
      response.pieces = nil
    }
    return response
  }
}
