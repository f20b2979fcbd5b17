internal import HTTPMessages
internal import OrderedJSON
internal import Seams

/// The provider `Microsoft.ManagedIdentity`: identities that live on their own.
///
/// Source: Azure Communication fact sheet, section 7 (`identity`).
struct IdentityManagement: SandboxService {
  let desk: ManagementDesk

  let versions = [
    "2018-11-30", "2022-01-31-preview", "2023-01-31", "2023-07-31-preview", "2024-11-30",
    "2025-01-31-preview",
  ]
  let access = ServiceAccess.management
  let dialect = ErrorDialect.management

  private static let kind = "/providers/Microsoft.ManagedIdentity/userAssignedIdentities"
  private static let group = "/subscriptions/{subscription}/resourceGroups/{group}" + kind

  var operations: [SandboxOperation] {
    [
      SandboxOperation("PUT", Self.group + "/{identity}", put),
      SandboxOperation("PATCH", Self.group + "/{identity}", patch),
      SandboxOperation("GET", Self.group + "/{identity}", show),
      SandboxOperation("DELETE", Self.group + "/{identity}", delete),
      SandboxOperation("GET", Self.group, list),
      SandboxOperation("GET", "/subscriptions/{subscription}" + Self.kind, list),
    ]
  }

  private func put(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    try call.name("identity", maximum: 128) { $0.isPartOfServiceName }
    let body = try call.content()
    guard let location = body["location"]?.stringValue else {
      throw Problem(
        400,
        "LocationRequired",
        "The location property is required for this definition."
      )
    }
    let path = path(call)
    let tags = try body.tags()
    return try desk.work(call, .manageIdentity, on: path) { content in
      if var identity = content.identities[path] {
        identity.frame.tags = tags ?? [:]
        content.identities[path] = identity
        return .json(200, json(identity))
      }
      let identity = UserAssignedIdentity(
        path: path,
        clientID: desk.entropy.uuid(),
        principalID: desk.entropy.uuid(),
        frame: ResourceFrame(
          location: location,
          tags: tags ?? [:],
          by: call.principal,
          at: call.now
        )
      )
      desk.addGroup(&content, call)
      content.identities[path] = identity
      return .json(201, json(identity))
    }
  }

  private func patch(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    let tags = try call.content().tags()
    return try desk.work(call, .manageIdentity, on: path(call)) { content throws(Problem) in
      guard var identity = content.identities[path(call)] else { throw .notFound(path(call)) }
      identity.frame.tags = tags ?? identity.frame.tags
      content.identities[identity.path] = identity
      return .json(200, json(identity))
    }
  }

  private func show(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    try desk.work(call, .read, on: path(call)) { content throws(Problem) in
      guard let identity = content.identities[path(call)] else { throw .notFound(path(call)) }
      return .json(200, json(identity))
    }
  }

  private func list(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    let scope = call.scope
    return try desk.work(call, .read, on: scope) { content throws(Problem) in
      let identities = content.identities.values.filter { scope.contains($0.path) }
      return try Page.ofManagement(call).answer(identities.inOrder(of: \.path).map(json), to: call)
    }
  }

  private func delete(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    let path = path(call)
    return try desk.work(call, .manageIdentity, on: path) { content in
      guard content.identities.removeValue(forKey: path) != nil else {
        return HTTPResponse(status: 204)
      }
      for index in content.services.indices { content.services[index].identity.remove(path) }
      return HTTPResponse(status: 200)
    }
  }

  private func path(_ call: ServiceCall) -> ResourcePath {
    ResourcePath("\(call.groupPath)\(Self.kind)/\(call.parameters["identity"] ?? "")")
  }

  private func json(_ identity: UserAssignedIdentity) -> JSON {
    .object(
      identity.frame.json(
        identity.path,
        type: "Microsoft.ManagedIdentity/userAssignedIdentities",
        properties: [
          "tenantId": .string(desk.tenant.id), "principalId": .string(identity.principalID),
          "clientId": .string(identity.clientID),
        ]
      )
    )
  }
}
