internal import OrderedJSON
internal import Seams

/// The managed identities of a resource.
///
/// Source: Azure Communication fact sheet, section 7 (`identity`).
struct AssignedIdentity: Codable, Sendable {
  /// The object id of the resource's own identity, which is gone when the resource is.
  private(set) var system: String?
  /// Identities that live on their own.
  private(set) var users: [ResourcePath] = []

  /// What the body of a request wants of them.
  private struct Order {
    var wantsSystem = false
    var wantsUsers = false
    var added: [ResourcePath] = []
    var removed: [ResourcePath] = []
  }

  /// Takes over the member `identity` of a request; without it nothing changes.
  ///
  /// - Parameters:
  ///   - json: `null` counts as absent.
  ///   - isPatch: Whether identities that are not named stay.
  ///   - known: The user-assigned identities there are.
  ///   - entropy: Where the id of a new system identity comes from.
  /// - Throws: 400.
  mutating func apply(
    _ json: JSON?,
    isPatch: Bool,
    known: (ResourcePath) -> Bool,
    from entropy: some Entropy
  ) throws(Problem) {
    guard let json, !json.isNull else { return }
    let order = try Self.order(json)
    if let stranger = order.added.first(where: { !known($0) }) {
      throw Problem(
        400,
        "FailedIdentityOperation",
        "The user-assigned identity '\(stranger)' was not found."
      )
    }
    var users = isPatch ? users.filter { !order.removed.contains($0) } : []
    for path in order.added where !users.contains(path) { users.append(path) }
    if !order.wantsUsers { users = [] }
    guard order.wantsUsers == !users.isEmpty else {
      throw Problem(
        400,
        "MissingIdentityIds",
        "The identity ids must not be null or empty for the identity type 'UserAssigned'."
      )
    }
    self.users = users
    system = order.wantsSystem ? system ?? entropy.uuid() : nil
  }

  private static func order(_ json: JSON) throws(Problem) -> Order {
    guard let type = json["type"]?.stringValue else {
      throw .invalidContent("'identity.type' is required and must be a string.")
    }
    var order = Order()
    for word in type.split(separator: ",") {
      switch word.filter({ $0 != " " }).lowercased() {
      case "none": break
      case "systemassigned": order.wantsSystem = true
      case "userassigned": order.wantsUsers = true
      default:
        throw .invalidContent(
          "'identity.type' must be None, SystemAssigned, UserAssigned or both, not '\(type)'."
        )
      }
    }
    for member in json["userAssignedIdentities"]?.objectValue?.members ?? [] {
      let path = ResourcePath(member.key)
      member.value.isNull ? order.removed.append(path) : order.added.append(path)
    }
    if !order.wantsUsers, !order.added.isEmpty {
      throw .invalidContent("identities are given, but the type '\(type)' takes none.")
    }
    return order
  }

  /// Without an identity that was deleted.
  mutating func remove(_ path: ResourcePath) { users.removeAll { $0 == path } }

  /// With other paths for identities that moved.
  mutating func replace(_ path: (ResourcePath) -> ResourcePath) { users = users.map(path) }

  func json(tenant: String, known: (ResourcePath) -> UserAssignedIdentity?) -> JSON {
    let types = [system == nil ? nil : "SystemAssigned", users.isEmpty ? nil : "UserAssigned"]
    let type = types.compactMap(\.self).joined(separator: ",")
    var object: JSONObject = ["type": .string(type.isEmpty ? "None" : type)]
    if let system {
      object["principalId"] = .string(system)
      object["tenantId"] = .string(tenant)
    }
    guard !users.isEmpty else { return .object(object) }
    let identities = users.map { path -> (String, JSON) in
      let identity = known(path)
      return (
        path.description,
        [
          "principalId": .string(identity?.principalID ?? ""),
          "clientId": .string(identity?.clientID ?? ""),
        ]
      )
    }
    object["userAssignedIdentities"] = .object(JSONObject(identities))
    return .object(object)
  }
}
