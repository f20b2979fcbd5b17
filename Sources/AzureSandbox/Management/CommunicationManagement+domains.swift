internal import Seams
internal import HTTPMessages
internal import OrderedJSON

/// Domains and their verification.
extension CommunicationManagement {
  private static let domains = group + "/emailServices/{email}/domains"
  private static let domain = domains + "/{domain}"

  var domainOperations: [SandboxOperation] {
    [
      SandboxOperation("GET", Self.domains, listDomains),
      SandboxOperation("PUT", Self.domain, putDomain),
      SandboxOperation("PATCH", Self.domain, patchDomain),
      SandboxOperation("GET", Self.domain, showDomain),
      SandboxOperation("DELETE", Self.domain, deleteDomain),
      SandboxOperation("POST", Self.domain + "/initiateVerification", initiate),
      SandboxOperation("POST", Self.domain + "/cancelVerification", cancel),
    ]
  }

  private func putDomain(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    try call.name("domain", maximum: 253) { $0.isPartOfEmailServiceName || $0 == "." }
    let body = try call.content()
    let path = call.domainPath
    return try desk.work(call, .manageCommunication, on: path) { content throws(Problem) in
      guard let parent = content.emailServices[call.emailPath], !parent.frame.isDeleting else {
        throw .parentNotFound(path)
      }
      try requireGlobal(body)
      let management = try management(try body.properties(), path)
      if let domain = content.domains[path] {
        return try replace(domain, &content, body, management, call)
      }
      try parent.frame.requireIdle(parent.path)
      var frame = ResourceFrame(tags: try body.tags() ?? [:], by: call.principal, at: call.now)
      frame.begin(.creating, at: call.now)
      frame.settle(at: call.now, step: desk.step)
      var domain = EmailDomain(
        path,
        management,
        in: parent.dataLocation,
        senderDomain: management == .azure ? "\(desk.entropy.uuid()).azurecomm.net" : path.name,
        frame: frame
      )
      domain.verificationKey = desk.entropy.uuid()
      try apply(try body.properties(), to: &domain)
      content.domains[path] = domain
      return desk.begin(&content, on: path, body: domain.json, call)
    }
  }

  private func replace(
    _ domain: EmailDomain,
    _ content: inout DirectoryContent,
    _ body: JSONObject,
    _ management: EmailDomain.Management,
    _ call: ServiceCall
  ) throws(Problem) -> HTTPResponse {
    var domain = domain
    try domain.frame.requireIdle(domain.path)
    guard domain.management == management else {
      throw Problem(
        400,
        "PropertyChangeNotAllowed",
        "Changing property 'domainManagement' is not allowed."
      )
    }
    try apply(try body.properties(), to: &domain)
    domain.frame.tags = try body.tags() ?? [:]
    domain.frame.touch(call)
    content.domains[domain.path] = domain
    return .json(200, domain.json)
  }

  /// - Throws: 400 for an unknown kind, and for a name that does not go with it.
  private func management(_ properties: JSONObject, _ path: ResourcePath) throws(Problem)
    -> EmailDomain.Management
  {
    let text = try properties.requiredText("domainManagement")
    guard let management = EmailDomain.Management(rawValue: text) else {
      throw .invalidContent(
        "'properties.domainManagement' must be AzureManaged, CustomerManaged or "
          + "CustomerManagedInExchangeOnline, not '\(text)'."
      )
    }
    let hasAzureName = path.name.lowercased() == EmailDomain.azureName.lowercased()
    guard hasAzureName == (management == .azure) else {
      throw Problem(
        400,
        "InvalidDomainName",
        "A domain that Azure manages must be named '\(EmailDomain.azureName)', and no other may be."
      )
    }
    guard management == .azure || path.name.contains(".") else {
      throw Problem(400, "InvalidDomainName", "'\(path.name)' is not a domain name.")
    }
    return management
  }

  private func apply(_ properties: JSONObject, to domain: inout EmailDomain) throws(Problem) {
    guard let tracking = properties["userEngagementTracking"]?.stringValue else { return }
    guard ["Enabled", "Disabled"].contains(tracking) else {
      throw .invalidContent("'properties.userEngagementTracking' must be Enabled or Disabled.")
    }
    guard tracking == "Disabled" || domain.management != .azure else {
      throw .invalidContent("A domain that Azure manages tracks no engagement of users.")
    }
    domain.tracksEngagement = tracking == "Enabled"
  }

  private func patchDomain(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    let body = try call.content()
    return try desk.work(call, .manageCommunication, on: call.domainPath) {
      content throws(Problem) in
      var domain = try domain(content, call)
      try domain.frame.requireIdle(domain.path)
      try apply(try body.properties(), to: &domain)
      domain.frame.tags = try body.tags() ?? domain.frame.tags
      domain.frame.touch(call)
      content.domains[domain.path] = domain
      return .json(200, domain.json)
    }
  }

  private func showDomain(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    try desk.work(call, .read, on: call.domainPath) { content throws(Problem) in
      .json(200, try domain(content, call).json)
    }
  }

  private func listDomains(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    try desk.work(call, .read, on: call.emailPath) { content throws(Problem) in
      let parent = try emailService(content, call)
      let domains = content.domains.values.filter { parent.path.contains($0.path) }
      return try Page.ofManagement(call).answer(domains.inOrder(of: \.path).map(\.json), to: call)
    }
  }

  private func deleteDomain(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    let path = call.domainPath
    return try desk.work(call, .manageCommunication, on: path) { content throws(Problem) in
      guard let domain = content.domains[path] else { return HTTPResponse(status: 204) }
      try domain.frame.requireIdle(path)
      try requireUnlinked(path, content)
      content.domains[path]?.frame.begin(.deleting, at: call.now)
      return desk.begin(&content, on: path, call)
    }
  }

  // MARK: Verification

  private func initiate(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    try verify(call) { domain, kind throws(Problem) in
      let isProven = domain.verifications[.domain]?.status == .verified
      guard kind == .domain || isProven else {
        throw Problem(
          409,
          "Conflict",
          "'\(kind.rawValue)' cannot be verified before 'Domain' is verified."
        )
      }
      try domain.verifications[kind]?.initiate(kind, at: call.now)
    }
  }

  private func cancel(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    try verify(call) { domain, kind throws(Problem) in
      try domain.verifications[kind]?.cancel(kind, at: call.now)
    }
  }

  private func verify(
    _ call: ServiceCall,
    _ change: (inout EmailDomain, DomainVerification.Kind) throws(Problem) -> Void
  ) throws(Problem) -> HTTPResponse {
    let text = try call.content().requiredText("verificationType", in: "body")
    guard let kind = DomainVerification.Kind(any: text) else {
      let known = DomainVerification.Kind.allCases.map(\.rawValue).joined(separator: ", ")
      throw .invalidContent("'verificationType' must be one of \(known), not '\(text)'.")
    }
    return try desk.work(call, .manageCommunication, on: call.domainPath) {
      content throws(Problem) in
      var domain = try domain(content, call)
      try domain.frame.requireIdle(domain.path)
      try change(&domain, kind)
      domain.settle(at: call.now, step: desk.step)
      content.domains[domain.path] = domain
      return desk.begin(&content, on: domain.path, call)
    }
  }

  // MARK: Shared with what domains hold

  func domain(_ content: DirectoryContent, _ call: ServiceCall) throws(Problem) -> EmailDomain {
    guard let domain = content.domains[call.domainPath] else { throw .notFound(call.domainPath) }
    return domain
  }

  /// The domain that something is put into.
  ///
  /// - Throws: 404 `ParentResourceNotFound`.
  func parentDomain(_ content: DirectoryContent, _ path: ResourcePath, _ call: ServiceCall)
    throws(Problem) -> EmailDomain
  {
    guard let domain = content.domains[call.domainPath] else { throw .parentNotFound(path) }
    return domain
  }
}

extension ServiceCall {
  var domainPath: ResourcePath { path(("emailServices", "email"), ("domains", "domain")) }
}
