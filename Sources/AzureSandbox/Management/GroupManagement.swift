internal import HTTPMessages
internal import OrderedJSON

/// The provider `Microsoft.Resources`: subscriptions, resource groups, and moves between groups.
///
/// Source: Azure Communication fact sheet, section 7 ("Move/delete").
struct GroupManagement: SandboxService {
  let desk: ManagementDesk

  let versions = [
    "2016-06-01", "2016-09-01", "2019-05-01", "2019-06-01", "2019-07-01", "2019-10-01",
    "2019-11-01", "2020-01-01", "2020-06-01", "2020-10-01", "2021-01-01", "2021-04-01",
    "2022-09-01", "2022-12-01", "2023-07-01", "2024-03-01", "2024-07-01", "2024-11-01",
    "2025-03-01", "2025-04-01",
  ]
  let access = ServiceAccess.management
  let dialect = ErrorDialect.management

  private static let subscription = "/subscriptions/{subscription}"
  private static let groups = subscription + "/resourceGroups"
  private static let group = groups + "/{group}"

  var operations: [SandboxOperation] {
    [
      SandboxOperation("GET", "/subscriptions", listSubscriptions),
      SandboxOperation("GET", Self.subscription, showSubscription),
      SandboxOperation("GET", "/tenants", listTenants),
      SandboxOperation("GET", Self.groups, listGroups),
      SandboxOperation("GET", Self.group, showGroup),
      SandboxOperation("PUT", Self.group, putGroup),
      SandboxOperation("DELETE", Self.group, deleteGroup),
      SandboxOperation("GET", Self.group + "/resources", listResources),
      SandboxOperation("GET", Self.subscription + "/resources", listResources),
      SandboxOperation("POST", Self.group + "/moveResources", move),
      SandboxOperation("POST", Self.group + "/validateMoveResources", validateMove),
    ]
  }

  // MARK: Subscriptions

  private func listSubscriptions(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    .json(200, ["value": [subscriptionJSON], "count": ["type": "Total", "value": 1]])
  }

  private func showSubscription(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    try desk.work(call, .read, on: call.subscriptionPath) { _ in .json(200, subscriptionJSON) }
  }

  private func listTenants(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    let id = desk.tenant.id
    return .json(
      200,
      [
        "value": [
          [
            "id": .string("/tenants/\(id)"), "tenantId": .string(id), "displayName": "Sandbox",
            "tenantCategory": "Home",
          ]
        ]
      ]
    )
  }

  private var subscriptionJSON: JSON {
    [
      "id": .string(desk.tenant.subscription.description),
      "subscriptionId": .string(desk.tenant.subscriptionID), "displayName": "Sandbox",
      "state": "Enabled", "tenantId": .string(desk.tenant.id), "authorizationSource": "RoleBased",
    ]
  }

  // MARK: Groups

  private func putGroup(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    try call.name("group", maximum: 90) { $0.isPartOfServiceName || "().".contains($0) }
    let body = try call.content()
    let tags = try body.tags() ?? [:]
    guard let location = body["location"]?.stringValue else {
      throw Problem(
        400,
        "LocationRequired",
        "The location property is required for this definition."
      )
    }
    return try desk.work(call, .manageGroups, on: call.groupPath) { content in
      let isNew = content.groups[call.groupPath] == nil
      let group = ResourceGroup(
        path: call.groupPath,
        frame: ResourceFrame(location: location, tags: tags, by: call.principal, at: call.now)
      )
      content.groups[call.groupPath] = group
      return .json(isNew ? 201 : 200, group.json)
    }
  }

  private func showGroup(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    try desk.work(call, .read, on: call.groupPath) { content throws(Problem) in
      guard let group = content.groups[call.groupPath] else { throw .groupNotFound(call.groupPath) }
      return .json(200, group.json)
    }
  }

  private func listGroups(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    try desk.work(call, .read, on: call.subscriptionPath) { content throws(Problem) in
      try Page.ofManagement(call).answer(
        content.groups.values.inOrder(of: \.path).map(\.json),
        to: call
      )
    }
  }

  private func deleteGroup(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    let path = call.groupPath
    return try desk.work(call, .manageGroups, on: path) { content throws(Problem) in
      guard content.groups.removeValue(forKey: path) != nil else { throw .groupNotFound(path) }
      content.removeAll(below: path)
      return desk.begin(&content, on: path, call)
    }
  }

  private func listResources(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    let scope = call.scope
    return try desk.work(call, .read, on: scope) { content throws(Problem) in
      let frames = content.frames.filter { scope.contains($0.path) }
      let list = frames.inOrder(of: \.path).map { entry -> JSON in
        var object = entry.frame.json(entry.path, type: entry.path.type, properties: [:])
        object["properties"] = nil
        object["systemData"] = nil
        return .object(object)
      }
      return try Page.ofManagement(call).answer(list, to: call)
    }
  }

  // MARK: Moves

  private func validateMove(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    let order = try MoveOrder(call)
    return try desk.work(call, .manageGroups, on: call.groupPath) { content throws(Problem) in
      try order.check(content)
      return HTTPResponse(status: 204)
    }
  }

  private func move(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    let order = try MoveOrder(call)
    return try desk.work(call, .manageGroups, on: call.groupPath) { content throws(Problem) in
      try order.check(content)
      order.perform(&content, at: call.now)
      content.settle(at: call.now, step: desk.step)
      return desk.begin(&content, on: order.target, call)
    }
  }
}
