internal import HTTPMessages
internal import OrderedJSON

/// The provider `Microsoft.Authorization`: who has which role where.
///
/// Source: Azure Communication fact sheet, section 1.3.
struct RoleManagement: SandboxService {
  let desk: ManagementDesk

  let versions = [
    "2015-07-01", "2018-01-01-preview", "2018-07-01", "2018-09-01-preview", "2020-04-01-preview",
    "2022-04-01", "2022-05-01-preview",
  ]
  let access = ServiceAccess.management
  let dialect = ErrorDialect.management

  private static let group = "/subscriptions/{subscription}/resourceGroups/{group}"
  private static let scopes = [
    "/subscriptions/{subscription}", group, group + "/providers/{provider}/{kind}/{name}",
    group + "/providers/{provider}/{kind}/{name}/{kind2}/{name2}",
  ]

  var operations: [SandboxOperation] {
    Self.scopes.flatMap { scope in
      let provider = scope + "/providers/Microsoft.Authorization"
      return [
        SandboxOperation("PUT", provider + "/roleAssignments/{assignment}", put),
        SandboxOperation("GET", provider + "/roleAssignments/{assignment}", show),
        SandboxOperation("DELETE", provider + "/roleAssignments/{assignment}", delete),
        SandboxOperation("GET", provider + "/roleAssignments", list),
        SandboxOperation("GET", provider + "/roleDefinitions", listDefinitions),
        SandboxOperation("GET", provider + "/roleDefinitions/{definition}", showDefinition),
      ]
    }
  }

  private func put(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    let properties = try call.content().properties()
    let role = ResourcePath(try properties.requiredText("roleDefinitionId"))
    let principal = try properties.requiredText("principalId").lowercased()
    let path = path(call)
    let assignment = RoleAssignment(
      path: path,
      scope: scope(call),
      role: role,
      principal: principal,
      principalType: properties["principalType"]?.stringValue ?? "ServicePrincipal",
      created: call.now
    )
    return try desk.work(call, .assign, on: scope(call)) { content throws(Problem) in
      guard RoleDefinition.named(role) != nil else {
        throw Problem(
          400,
          "RoleDefinitionDoesNotExist",
          "The specified role definition with ID '\(role.name)' does not exist."
        )
      }
      guard principal == desk.tenant.principalID || content.knowsPrincipal(principal) else {
        throw Problem(
          400,
          "PrincipalNotFound",
          "Principal \(principal) does not exist in the directory \(desk.tenant.id)."
        )
      }
      try requireNew(assignment, content)
      content.assignments[path] = assignment
      return .json(201, assignment.json)
    }
  }

  private func requireNew(_ assignment: RoleAssignment, _ content: DirectoryContent)
    throws(Problem)
  {
    let isThere = content.assignments.values.contains {
      $0.path == assignment.path
        || $0.scope == assignment.scope && $0.principal == assignment.principal
          && $0.role.isNamed(like: assignment.role)
    }
    guard !isThere else {
      throw Problem(409, "RoleAssignmentExists", "The role assignment already exists.")
    }
  }

  private func show(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    try desk.work(call, .read, on: scope(call)) { content throws(Problem) in
      guard let assignment = content.assignments[path(call)] else {
        throw Problem(
          404,
          "RoleAssignmentNotFound",
          "The role assignment '\(path(call).name)' is not found."
        )
      }
      return .json(200, assignment.json)
    }
  }

  private func delete(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    try desk.work(call, .assign, on: scope(call)) { content in
      guard let was = content.assignments.removeValue(forKey: path(call)) else {
        return HTTPResponse(status: 204)
      }
      return .json(200, was.json)
    }
  }

  private func list(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    let scope = scope(call)
    let filter = ODataFilter(call)
    return try desk.work(call, .read, on: scope) { content throws(Problem) in
      let assignments = content.assignments.values.filter { assignment in
        let isHere = assignment.scope.contains(scope)
        let isBelow = !filter.isAtScope && scope.contains(assignment.scope)
        return (isHere || isBelow)
          && filter.principal.map { $0 == assignment.principal } ?? true
      }
      return try Page.ofManagement(call).answer(
        assignments.inOrder(of: \.path).map(\.json),
        to: call
      )
    }
  }

  private func listDefinitions(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    let name = ODataFilter(call).value(of: "roleName")
    return try desk.work(call, .read, on: scope(call)) { _ throws(Problem) in
      let roles = RoleDefinition.all.filter { name == nil || $0.name == name }
      return try Page.ofManagement(call).answer(
        roles.map { $0.json(in: desk.tenant.subscriptionID) },
        to: call
      )
    }
  }

  private func showDefinition(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    let id = call.parameters["definition"]?.lowercased() ?? ""
    return try desk.work(call, .read, on: scope(call)) { _ throws(Problem) in
      guard let role = RoleDefinition.all.first(where: { $0.id == id }) else {
        throw Problem(
          404,
          "RoleDefinitionDoesNotExist",
          "The specified role definition with ID '\(id)' does not exist."
        )
      }
      return .json(200, role.json(in: desk.tenant.subscriptionID))
    }
  }

  private func path(_ call: ServiceCall) -> ResourcePath {
    let name = call.parameters["assignment"] ?? ""
    return ResourcePath(
      "\(scope(call))/providers/Microsoft.Authorization/roleAssignments/\(name)"
    )
  }

  private func scope(_ call: ServiceCall) -> ResourcePath {
    guard call.parameters["group"] != nil else { return call.subscriptionPath }
    guard let provider = call.parameters["provider"] else { return call.groupPath }
    let tail = ["kind", "name", "kind2", "name2"].compactMap { call.parameters[$0] }
    return ResourcePath(
      "\(call.groupPath)/providers/\(provider)/\(tail.joined(separator: "/"))"
    )
  }
}
