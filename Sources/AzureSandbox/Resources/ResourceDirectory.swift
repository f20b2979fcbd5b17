/// The Communication Services resources there are, and the domains that they may send mail from.
final class ResourceDirectory: Sendable {
  struct Content: Codable, Sendable {
    /// The default resource, then the others in the order in which they were made.
    var services: [SandboxResource]
    var domains: [ResourcePath: EmailDomain] = [:]
  }

  let content: StateCell<Content>
  private let defaultID: String

  /// - Parameters:
  ///   - first: The resource that is there from the start.
  ///   - shelf: Keeps the directory.
  init(_ first: SandboxResource, on shelf: StateShelf) {
    defaultID = first.id
    content = StateCell("resources", Content(services: [first]), on: shelf)
  }

  // MARK: Resources

  /// The resource of requests that name no other; `nil` once it was deleted.
  var defaultResource: SandboxResource? {
    content.read { content in
      // Nothing is ever put before the default resource.
      content.services.first.flatMap { $0.id == defaultID ? $0 : nil }
    }
  }

  var services: [SandboxResource] { content.read(\.services) }

  /// The resource that a `Host` header names: by the service's host name, or as `<name>.localhost`.
  func resource(host: String) -> SandboxResource? {
    guard host.utf8.contains(UInt8(ascii: ".")), host.utf8.last != UInt8(ascii: "1") else {
      return nil
    }
    let host = host.lowercased()
    return content.read { content in
      content.services.first {
        $0.hostName == host || "\($0.path.name.lowercased()).localhost" == host
      }
    }
  }

  func resource(_ path: ResourcePath) -> SandboxResource? {
    content.read { content in content.services.first { $0.path == path } }
  }

  /// The resource with this immutable id.
  func resource(id: String) -> SandboxResource? {
    content.read { content in content.services.first { $0.id == id } }
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
      content.services.firstIndex { $0.path == path }.map { body(&content.services[$0]) }
    }
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
