internal import HTTPMessages
internal import OrderedJSON
internal import Seams
internal import Timekeeping

/// What all services of Azure Resource Manager share: the directory, and who may do what.
struct ManagementDesk: Sendable {
  let resources: ResourceDirectory
  let tenant: SandboxTenant
  let entropy: any Entropy
  /// How long each step of an operation takes.
  let step: Duration

  init(_ parts: SandboxParts, tenant: SandboxTenant) {
    resources = parts.resources
    self.tenant = tenant
    entropy = parts.sources.stream("management")
    step = parts.configuration.operationStep
  }

  /// Does something with the directory, as it is now, for a caller who may.
  ///
  /// - Parameters:
  ///   - call: Its bearer decides.
  ///   - permission: What the bearer needs.
  ///   - path: Where the bearer needs it.
  ///   - body: Runs alone; throws before it changes anything.
  /// - Returns: What `body` answers.
  /// - Throws: 404 `SubscriptionNotFound`, 403 `AuthorizationFailed`, and what `body` throws.
  func work(
    _ call: ServiceCall,
    _ permission: Permission,
    on path: ResourcePath,
    _ body: (inout DirectoryContent) throws(Problem) -> HTTPResponse
  ) throws(Problem) -> HTTPResponse {
    try requireSubscription(path)
    return try resources.content.change { content throws(Problem) in
      content.settle(at: call.now, step: step)
      guard content.permits(permission, to: call.principal, on: path) else {
        throw forbidden(call, path)
      }
      return try body(&content)
    }
  }

  private func requireSubscription(_ path: ResourcePath) throws(Problem) {
    let id = path.subscription
    guard id.isEmpty || id.lowercased() == tenant.subscriptionID else {
      throw Problem(404, "SubscriptionNotFound", "The subscription '\(id)' could not be found.")
    }
  }

  private func forbidden(_ call: ServiceCall, _ path: ResourcePath) -> Problem {
    let verb =
      switch call.request.method {
      case "GET", "HEAD": "read"
      case "DELETE": "delete"
      case "POST": "\(call.request.path.split(separator: "/").last ?? "")/action"
      default: "write"
      }
    return Problem(
      403,
      "AuthorizationFailed",
      "The client with object id '\(call.principal)' does not have authorization to perform action "
        + "'\(path.type)/\(verb)' over scope '\(path)' or the scope is invalid. If access was "
        + "recently granted, please refresh your credentials."
    )
  }

  /// Makes the group of a new resource, as if somebody had done so before.
  func addGroup(_ content: inout DirectoryContent, _ call: ServiceCall) {
    let path = call.groupPath
    guard content.groups[path] == nil else { return }
    let frame = ResourceFrame(location: "westeurope", by: call.principal, at: call.now)
    content.groups[path] = ResourceGroup(path: path, frame: frame)
  }

  // MARK: Long-running operations

  /// The answer that begins an operation: 201 with the resource, or 202 without a body.
  ///
  /// - Parameters:
  ///   - content: Where the operation is noted.
  ///   - target: The resource that it changes.
  ///   - body: The resource; without one the answer is 202 with a `Location`.
  ///   - call: Says under which address the operation is found.
  /// - Returns: The answer with the headers that clients poll by.
  func begin(
    _ content: inout DirectoryContent,
    on target: ResourcePath,
    body: JSON? = nil,
    _ call: ServiceCall
  ) -> HTTPResponse {
    let failure = content.orderedFailures.isEmpty ? nil : content.orderedFailures.removeFirst()
    if failure != nil { content.changeFrame(target) { $0.begin(.failed, at: call.now) } }
    let operation = ManagementOperation(
      id: entropy.uuid(),
      target: target,
      isAccepted: body == nil,
      progress: OperationProgress(begun: call.now),
      failure: failure
    )
    Self.forgetOldest(&content)
    content.operations[operation.id] = operation
    var response = body.map { HTTPResponse.json(201, $0) } ?? HTTPResponse(status: 202)
    let address = address(of: operation, call)
    response.headers.append("Azure-AsyncOperation", address)
    if body == nil { response.headers.append("Location", address) }
    response.headers.append("Retry-After", OperationProgress.retryAfter(step: step))
    return response
  }

  func address(of operation: ManagementOperation, _ call: ServiceCall) -> String {
    "\(call.origin)/providers/Microsoft.Communication/locations/westus2/operationStatuses/"
      + "\(operation.id)?api-version=\(call.version)"
  }

  private static let rememberedOperations = 1000

  private static func forgetOldest(_ content: inout DirectoryContent) {
    guard content.operations.count >= rememberedOperations else { return }
    let oldest = content.operations.values.min { $0.progress.begun < $1.progress.begun }
    if let oldest { content.operations.removeValue(forKey: oldest.id) }
  }
}
