internal import OrderedJSON

/// A built-in role.
///
/// Source: Azure Communication fact sheet, section 1.3.
struct RoleDefinition: Sendable {
  let id: String
  let name: String
  let summary: String
  let permits: @Sendable (Permission) -> Bool

  static let all = [
    RoleDefinition(
      id: "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
      name: "Owner",
      summary: "Grants full access to manage all resources."
    ) { _ in true },
    RoleDefinition(
      id: "b24988ac-6180-42a0-ab88-20f7382dd24c",
      name: "Contributor",
      summary: "Manages all resources, but assigns no roles."
    ) { $0 != .assign },
    RoleDefinition(
      id: "acdd72a7-3385-48ef-bd42-f606fba81ae7",
      name: "Reader",
      summary: "Views all resources."
    ) { $0 == .read },
    RoleDefinition(
      id: "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9",
      name: "User Access Administrator",
      summary: "Manages who may access resources."
    ) { $0 == .assign || $0 == .read },
    RoleDefinition(
      id: "09976791-48a7-449e-bb21-39d1a415f350",
      name: "Communication and Email Service Owner",
      summary: "Manages Communication and Email Services, and calls them."
    ) { [.read, .manageCommunication, .call].contains($0) },
    RoleDefinition(
      id: "e40ec5ca-96e0-45a2-b4ff-59039f2c2b59",
      name: "Managed Identity Contributor",
      summary: "Creates, reads and deletes user-assigned identities."
    ) { $0 == .read || $0 == .manageIdentity },
  ]

  static let owner = all[0]

  /// By the last segment of a role definition's path.
  static func named(_ path: ResourcePath) -> RoleDefinition? {
    all.first { $0.id == path.name.lowercased() }
  }

  func path(in subscription: String) -> ResourcePath {
    ResourcePath(
      "/subscriptions/\(subscription)/providers/Microsoft.Authorization/roleDefinitions/\(id)"
    )
  }

  func json(in subscription: String) -> JSON {
    [
      "id": .string(path(in: subscription).description), "name": .string(id),
      "type": "Microsoft.Authorization/roleDefinitions",
      "properties": [
        "roleName": .string(name), "type": "BuiltInRole", "description": .string(summary),
        "assignableScopes": ["/"], "permissions": [],
      ],
    ]
  }
}

/// What a role may allow.
enum Permission: Sendable {
  case read
  case manageCommunication
  case manageIdentity
  /// Groups, and whatever else belongs to no service.
  case manageGroups
  case assign
  /// To call a service with a token.
  case call
}
