internal import HTTPMessages

/// The Communication Services resources there are, and the domains that they may send mail from.
final class ResourceDirectory: Sendable {
  let content: StateCell<DirectoryContent>
  private let defaultID: String

  /// - Parameters:
  ///   - first: The resource that is there from the start.
  ///   - assignment: The role that the sandbox's application has from the start.
  ///   - shelf: Keeps the directory.
  init(_ first: SandboxResource, _ assignment: RoleAssignment?, on shelf: StateShelf) {
    defaultID = first.id
    var content = DirectoryContent(services: [first])
    let group = ResourceGroup(path: first.path.groupPath, frame: first.frame)
    content.groups[group.path] = group
    if let assignment { content.assignments[assignment.path] = assignment }
    self.content = StateCell("resources", content, on: shelf)
  }

  // MARK: Resources

  /// The resource of requests that name no other; `nil` once it was deleted.
  var defaultResource: SandboxResource? {
    content.read { content in
      // Nothing is ever put before the default resource.
      content.services.first.flatMap { $0.id == defaultID && !$0.frame.isDeleting ? $0 : nil }
    }
  }

  var services: [SandboxResource] {
    content.read { $0.services.filter { !$0.frame.isDeleting } }
  }

  /// The resource that a `Host` header names: by the service's host name, or as `<name>.localhost`.
  func resource(host: String) -> SandboxResource? {
    // The address of this machine is by far the most frequent host, and names no resource.
    guard host.utf8.contains(UInt8(ascii: ".")), host.utf8.last != UInt8(ascii: "1") else {
      return nil
    }
    let host = host.lowercased()
    return services.first {
      $0.hostName == host || "\($0.path.name.lowercased()).localhost" == host
    }
  }

  func resource(_ path: ResourcePath) -> SandboxResource? {
    services.first { $0.path == path }
  }

  /// The resource with this immutable id.
  func resource(id: String) -> SandboxResource? {
    content.read { content in
      content.services.first { $0.id == id && !$0.frame.isDeleting }
    }
  }

  func add(_ resource: SandboxResource) {
    content.change { $0.services.append(resource) }
  }

  /// Changes a resource; one that is gone stays gone.
  func change<Result: Sendable>(
    _ path: ResourcePath,
    _ body: (inout SandboxResource) -> Result
  ) -> Result? {
    content.change { content in
      content.serviceIndex(path).map { body(&content.services[$0]) }
    }
  }

  /// Whether a principal may do something.
  func permits(_ permission: Permission, to principal: String, on path: ResourcePath) -> Bool {
    content.read { $0.permits(permission, to: principal, on: path) }
  }

  // MARK: Domains

  /// Adds a domain, or replaces the one of the same path.
  func put(_ domain: EmailDomain) {
    content.change { $0.domains[domain.path] = domain }
  }

  /// The verified domain that stands behind the `@` of a sender, when it is linked to a resource.
  ///
  /// - Parameters:
  ///   - name: What stands behind the `@`, in any case.
  ///   - resource: The one that sends.
  /// - Returns: `nil` also for a domain that does not exist or is not verified: the service says
  ///   `DomainNotLinked` to all of them.
  func linkedDomain(_ name: String, of resource: SandboxResource) -> EmailDomain? {
    let name = name.lowercased()
    return content.read { content in
      let links = content.services.first { $0.id == resource.id }?.linkedDomains ?? []
      return links.lazy.compactMap { content.domains[$0] }
        .first { $0.senderDomain == name && $0.isVerified }
    }
  }
}
