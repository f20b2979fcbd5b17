internal import OrderedJSON

/// Which users of Teams may call and chat as a resource's own, and with which applications.
///
/// Source: Azure Communication fact sheet, section 2 ("Teams extension").
struct TeamsExtension: Sendable {
  let signIns: TeamsSignIns
  let assignments: ResourceStates<[String: TeamsAssignment]>

  init(_ parts: SandboxParts) {
    signIns = TeamsSignIns(parts)
    assignments = ResourceStates("teams extension", on: parts.shelf, [:])
  }

  /// Whether a user who signed in with an application may act for a resource.
  func assigns(_ user: TeamsUser, to resource: SandboxResource) -> Bool {
    let key = TeamsAssignment.key(tenant: user.tenant ?? "", object: user.id)
    guard let assignment = assignments[resource].read({ $0[key] }) else { return false }
    return assignment.clientIDs.isEmpty || assignment.clientIDs.contains(user.application)
  }
}
