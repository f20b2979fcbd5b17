internal import Timekeeping

/// All resources there are, of every kind.
struct DirectoryContent: Codable, Sendable {
  /// The default resource, then the others in the order in which they were made.
  var services: [SandboxResource]
  var emailServices: [ResourcePath: EmailService] = [:]
  var domains: [ResourcePath: EmailDomain] = [:]
  var identities: [ResourcePath: UserAssignedIdentity] = [:]
  var assignments: [ResourcePath: RoleAssignment] = [:]
  var groups: [ResourcePath: ResourceGroup] = [:]
  var operations: [String: ManagementOperation] = [:]
  /// Those of the operations that will be begun next.
  var orderedFailures: [OperationFailure] = []

  func serviceIndex(_ path: ResourcePath) -> Int? { services.firstIndex { $0.path == path } }

  /// Whether a principal may do something.
  func permits(_ permission: Permission, to principal: String, on path: ResourcePath) -> Bool {
    assignments.values.contains { $0.permits(permission, to: principal, on: path) }
  }

  /// Who may be given a role: applications, and identities of both kinds.
  func knowsPrincipal(_ id: String) -> Bool {
    identities.values.contains { $0.principalID == id }
      || services.contains { $0.identity.system == id }
  }

  /// Does what time has done by now: ends what is over, and drops what was deleted.
  mutating func settle(at now: Timestamp, step: Duration) {
    func isGone(_ frame: ResourceFrame) -> Bool {
      frame.isDeleting && frame.lifecycle?.isOver(at: now, step: step) == true
    }
    services.removeAll { isGone($0.frame) }
    let gone = emailServices.values.filter { isGone($0.frame) }.map(\.path)
    emailServices = emailServices.filter { !isGone($0.value.frame) }
    domains = domains.filter { path, domain in
      !isGone(domain.frame) && !gone.contains { $0.contains(path) }
    }
    for index in services.indices { services[index].frame.settle(at: now, step: step) }
    for path in emailServices.keys { emailServices[path]?.frame.settle(at: now, step: step) }
    for path in domains.keys { domains[path]?.settle(at: now, step: step) }
  }
}
