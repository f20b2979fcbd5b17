internal import HTTPMessages
internal import OrderedJSON

/// Email Communication Services.
extension CommunicationManagement {
  private static let email = group + "/emailServices/{email}"

  var emailServiceOperations: [SandboxOperation] {
    [
      SandboxOperation("PUT", Self.email, putEmailService),
      SandboxOperation("PATCH", Self.email, patchEmailService),
      SandboxOperation("GET", Self.email, showEmailService),
      SandboxOperation("DELETE", Self.email, deleteEmailService),
      SandboxOperation("GET", Self.group + "/emailServices", listEmailServices),
      SandboxOperation("GET", Self.subscription + "/emailServices", listEmailServices),
    ]
  }

  private func putEmailService(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    try call.name("email") { $0.isPartOfEmailServiceName }
    let body = try call.content()
    let path = call.emailPath
    return try desk.work(call, .manageCommunication, on: path) { content throws(Problem) in
      try requireGlobal(body)
      let location = try dataLocation(try body.properties())
      let tags = try body.tags() ?? [:]
      if var service = content.emailServices[path] {
        try service.frame.requireIdle(path)
        try keep(service.dataLocation, location)
        service.frame.tags = tags
        service.frame.touch(call)
        content.emailServices[path] = service
        return .json(200, service.json)
      }
      guard !content.emailServices.keys.contains(where: { $0.isNamed(like: path) }) else {
        throw Problem(409, "NameNotAvailable", "The name '\(path.name)' is already taken.")
      }
      var frame = ResourceFrame(tags: tags, by: call.principal, at: call.now)
      frame.begin(.creating, at: call.now)
      frame.settle(at: call.now, step: desk.step)
      let service = EmailService(path: path, dataLocation: location, frame: frame)
      desk.addGroup(&content, call)
      content.emailServices[path] = service
      return desk.begin(&content, on: path, body: service.json, call)
    }
  }

  private func patchEmailService(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    let tags = try call.content().tags()
    return try desk.work(call, .manageCommunication, on: call.emailPath) {
      content throws(Problem) in
      var service = try emailService(content, call)
      try service.frame.requireIdle(service.path)
      service.frame.tags = tags ?? service.frame.tags
      service.frame.touch(call)
      content.emailServices[service.path] = service
      return .json(200, service.json)
    }
  }

  private func showEmailService(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    try desk.work(call, .read, on: call.emailPath) { content throws(Problem) in
      .json(200, try emailService(content, call).json)
    }
  }

  private func listEmailServices(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    let scope = call.scope
    return try desk.work(call, .read, on: scope) { content throws(Problem) in
      let services = content.emailServices.values.filter { scope.contains($0.path) }
      return try Page.ofManagement(call).answer(services.inOrder(of: \.path).map(\.json), to: call)
    }
  }

  private func deleteEmailService(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    let path = call.emailPath
    return try desk.work(call, .manageCommunication, on: path) { content throws(Problem) in
      guard let service = content.emailServices[path] else { return HTTPResponse(status: 204) }
      try service.frame.requireIdle(path)
      try requireUnlinked(path, content)
      content.emailServices[path]?.frame.begin(.deleting, at: call.now)
      for domain in content.domains.keys where path.contains(domain) {
        content.domains[domain]?.frame.begin(.deleting, at: call.now)
      }
      return desk.begin(&content, on: path, call)
    }
  }

  // MARK: Shared with domains

  func emailService(_ content: DirectoryContent, _ call: ServiceCall) throws(Problem)
    -> EmailService
  {
    guard let service = content.emailServices[call.emailPath] else {
      throw .notFound(call.emailPath)
    }
    return service
  }

  /// - Throws: 409 when a domain at this path or below it is linked to a service.
  func requireUnlinked(_ path: ResourcePath, _ content: DirectoryContent) throws(Problem) {
    for service in content.services {
      guard let domain = service.linkedDomains.first(where: { path.contains($0) }) else { continue }
      throw Problem(
        409,
        "Conflict",
        "The domain '\(domain.name)' is linked to '\(service.path.name)'; unlink it first."
      )
    }
  }
}

extension ServiceCall {
  var emailPath: ResourcePath { path(("emailServices", "email")) }
}

extension ResourcePath {
  /// Whether both have the same last segment.
  func isNamed(like other: ResourcePath) -> Bool {
    name.lowercased() == other.name.lowercased()
  }
}

extension Sequence {
  /// Sorted by a path, so that lists and their pages are steady.
  func inOrder(of path: KeyPath<Element, ResourcePath>) -> [Element] {
    sorted { $0[keyPath: path].description < $1[keyPath: path].description }
  }
}
