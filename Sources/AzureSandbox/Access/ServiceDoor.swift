internal import HTTPMessages
internal import Timekeeping

/// The way from a request to the operation that it is for, with the checks that services share.
///
/// Order: size, path, credential, version; then the operation checks limits, body and state.
///
/// Source: Azure Communication fact sheet, section 8.1.
struct ServiceDoor: Sendable {
  private struct Route: Sendable {
    let action: SandboxOperation.Action
    let access: ServiceAccess
    let dialect: ErrorDialect
    let versions: Set<String>
    /// As the header `api-supported-versions` lists them.
    let versionList: String
  }

  private var router = Router<Route>()
  private let verifier: CredentialVerifier
  private let bodyBytes: Int

  init(
    services: [any SandboxService],
    verifier: CredentialVerifier,
    configuration: SandboxConfiguration
  ) {
    self.verifier = verifier
    bodyBytes = configuration.bodyBytes
    for service in services {
      let list = service.versions.joined(separator: ", ")
      for operation in service.operations {
        let route = Route(
          action: operation.action,
          access: service.access,
          dialect: service.dialect,
          versions: Set(service.versions),
          versionList: list
        )
        router.add(operation.method, operation.pattern, route)
      }
    }
  }

  func answer(_ request: HTTPRequest, at now: Timestamp) -> ServiceReply {
    guard request.body.count <= bodyBytes else {
      let message = "The request body is larger than \(bodyBytes) bytes."
      return ServiceReply(Problem(413, "RequestEntityTooLarge", message))
    }
    let target = ManagementTarget.canonical(request.target)
    switch router.match(request.method, target) {
    case .found(let route, let parameters): return enter(route, request, parameters, now)
    case .methodNotAllowed(let allowed):
      let message = "The method '\(request.method)' is not allowed here."
      var problem = Problem(405, "MethodNotAllowed", message)
      problem.headers.append("Allow", allowed.joined(separator: ", "))
      return ServiceReply(problem)
    case .notFound:
      let message = "No resource matches the path '\(request.path)'."
      return ServiceReply(Problem(404, "NotFound", message))
    }
  }

  private func enter(
    _ route: Route,
    _ request: HTTPRequest,
    _ parameters: [String: String],
    _ now: Timestamp
  ) -> ServiceReply {
    var quirk: SigningQuirk?
    var reply: ServiceReply
    do throws(Problem) {
      let admission = try verifier.admit(request, to: route.access, at: now)
      quirk = admission.quirk
      let call = ServiceCall(
        request: request,
        parameters: parameters,
        version: try version(of: request, route),
        now: now,
        admission: admission
      )
      reply = ServiceReply(try route.action(call))
    } catch {
      reply = ServiceReply(error, in: route.dialect)
    }
    reply.quirk = quirk
    reply.supportedVersions = route.versionList
    return reply
  }

  private func version(of request: HTTPRequest, _ route: Route) throws(Problem) -> String {
    guard let version = QueryString(request.target)["api-version"], !version.isEmpty else {
      throw route.dialect.versionMissing()
    }
    guard route.versions.contains(version) else {
      throw route.dialect.versionUnknown(version, of: request, known: route.versionList)
    }
    return version
  }
}
