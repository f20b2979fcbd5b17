internal import OrderedJSON
internal import Timekeeping

/// That a principal has a role at a scope and below it.
struct RoleAssignment: Codable, Sendable {
  var path: ResourcePath
  var scope: ResourcePath
  let role: ResourcePath
  let principal: String
  let principalType: String
  let created: Timestamp

  func permits(_ permission: Permission, to principal: String, on path: ResourcePath) -> Bool {
    self.principal == principal && scope.contains(path)
      && RoleDefinition.named(role)?.permits(permission) == true
  }

  var json: JSON {
    [
      "id": .string(path.description), "name": .string(path.name),
      "type": "Microsoft.Authorization/roleAssignments",
      "properties": [
        "roleDefinitionId": .string(role.description), "principalId": .string(principal),
        "principalType": .string(principalType), "scope": .string(scope.description),
        "createdOn": .string(created.description), "updatedOn": .string(created.description),
      ],
    ]
  }
}
