internal import Timekeeping

/// All resources as a tree: subscription, groups, services, and what belongs to them.
///
/// Source: Azure Communication fact sheet, section 9 ("Seed 000").
struct ResourceInventory {
  let content: DirectoryContent
  let subscription: String
  /// What services know of a resource, such as its phone numbers.
  let parts: (SandboxResource) -> [InventoryNode]

  var root: InventoryNode {
    InventoryNode(
      kind: "Subscription",
      name: subscription,
      children: content.groups.values.inOrder(of: \.path).map(group)
    )
  }

  private func group(_ group: ResourceGroup) -> InventoryNode {
    func isHere(_ path: ResourcePath) -> Bool { path.groupPath == group.path }
    return InventoryNode(
      kind: "Resource group",
      name: group.path.name,
      children: content.services.filter { isHere($0.path) }.map(service)
        + content.emailServices.values.filter { isHere($0.path) }.inOrder(of: \.path)
        .map(emailService)
        + content.identities.values.filter { isHere($0.path) }.inOrder(of: \.path).map(identity)
    )
  }

  private func service(_ service: SandboxResource) -> InventoryNode {
    var details: [(name: String, value: String)] = [
      ("host", service.hostName), ("data location", service.dataLocation.name),
      ("immutable id", service.id),
    ]
    if let system = service.identity.system { details.append(("system identity", system)) }
    for path in service.identity.users { details.append(("user identity", path.name)) }
    for path in service.linkedDomains { details.append(("linked domain", path.names)) }
    if service.refusesAccessKeys { details.append(("access keys", "switched off")) }
    return InventoryNode(
      kind: "Communication Service",
      name: service.path.name,
      state: state(service.frame),
      details: details.numbered,
      children: parts(service) + roles(service.path)
    )
  }

  private func emailService(_ service: EmailService) -> InventoryNode {
    InventoryNode(
      kind: "Email Communication Service",
      name: service.path.name,
      state: state(service.frame),
      details: [("data location", service.dataLocation.name)],
      children: content.domains.values.filter { service.path.contains($0.path) }
        .inOrder(of: \.path).map(domain)
    )
  }

  private func domain(_ domain: EmailDomain) -> InventoryNode {
    let links = content.services.filter { $0.linkedDomains.contains(domain.path) }
    var details: [(name: String, value: String)] = [("sends from", "@" + domain.senderDomain)]
    for kind in DomainVerification.Kind.allCases {
      details.append((kind.rawValue, domain.verifications[kind]?.status.rawValue ?? ""))
    }
    for service in links { details.append(("linked to", service.path.name)) }
    return InventoryNode(
      kind: domain.management == .azure ? "Azure-managed domain" : "Custom domain",
      name: domain.path.name,
      state: state(domain.frame),
      details: details.numbered,
      children: domain.senders.sorted { $0.key < $1.key }.map { entry in
        InventoryNode(kind: "Sender", name: entry.value.username)
      }
    )
  }

  private func identity(_ identity: UserAssignedIdentity) -> InventoryNode {
    InventoryNode(
      kind: "User-assigned identity",
      name: identity.path.name,
      details: [("client id", identity.clientID), ("principal id", identity.principalID)]
    )
  }

  private func roles(_ path: ResourcePath) -> [InventoryNode] {
    content.assignments.values.filter { $0.scope == path }.inOrder(of: \.path).map { assignment in
      InventoryNode(
        kind: "Role",
        name: RoleDefinition.named(assignment.role)?.name ?? assignment.role.name,
        details: [("principal id", assignment.principal)]
      )
    }
  }

  private func state(_ frame: ResourceFrame) -> String {
    frame.lifecycle?.activity.rawValue ?? "Succeeded"
  }
}

extension [(name: String, value: String)] {
  /// With numbers behind names that occur more than once, so that each can be a member of an object.
  fileprivate var numbered: Self {
    var seen: [String: Int] = [:]
    return map { entry in
      seen[entry.name, default: 0] += 1
      let number = seen[entry.name] ?? 1
      return number == 1 ? entry : ("\(entry.name) \(number)", entry.value)
    }
  }
}
