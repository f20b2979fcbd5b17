internal import HTTPMessages
internal import OrderedJSON

/// Communication Services.
extension CommunicationManagement {
  private static let service = group + "/communicationServices/{service}"

  var serviceOperations: [SandboxOperation] {
    [
      SandboxOperation("PUT", Self.service, putService),
      SandboxOperation("PATCH", Self.service, patchService),
      SandboxOperation("GET", Self.service, showService),
      SandboxOperation("DELETE", Self.service, deleteService),
      SandboxOperation("GET", Self.group + "/communicationServices", listServices),
      SandboxOperation("GET", Self.subscription + "/communicationServices", listServices),
    ]
  }

  private func putService(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    try call.name("service") { $0.isPartOfServiceName }
    let body = try call.content()
    return try desk.work(call, .manageCommunication, on: call.servicePath) {
      content throws(Problem) in
      try requireGlobal(body)
      let location = try dataLocation(try body.properties())
      guard let index = content.serviceIndex(call.servicePath) else {
        return try createService(&content, body, location, call)
      }
      try keep(content.services[index].dataLocation, location)
      var service = content.services[index]
      try service.frame.requireIdle(service.path)
      try apply(body, to: &service, isPatch: false, content, call)
      content.services[index] = service
      return .json(200, json(service, content, call))
    }
  }

  private func createService(
    _ content: inout DirectoryContent,
    _ body: JSONObject,
    _ location: DataLocation,
    _ call: ServiceCall
  ) throws(Problem) -> HTTPResponse {
    let path = call.servicePath
    // Names of services are names of hosts, so they are taken all over the world.
    guard !content.services.contains(where: { $0.path.name.lowercased() == path.name.lowercased() })
    else {
      throw Problem(409, "NameNotAvailable", "The name '\(path.name)' is already taken.")
    }
    var frame = ResourceFrame(by: call.principal, at: call.now)
    frame.begin(.creating, at: call.now)
    var service = SandboxResource(path, in: location, frame: frame, from: desk.entropy)
    try apply(body, to: &service, isPatch: false, content, call)
    service.frame.settle(at: call.now, step: desk.step)
    desk.addGroup(&content, call)
    content.services.append(service)
    let json = json(service, content, call)
    return desk.begin(&content, on: path, body: json, call)
  }

  private func patchService(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    let body = try call.content()
    return try desk.work(call, .manageCommunication, on: call.servicePath) {
      content throws(Problem) in
      let index = try index(content, call)
      var service = content.services[index]
      try service.frame.requireIdle(service.path)
      if let location = try body.properties()["dataLocation"]?.stringValue {
        try keep(service.dataLocation, DataLocation(location))
      }
      try apply(body, to: &service, isPatch: true, content, call)
      content.services[index] = service
      return .json(200, json(service, content, call))
    }
  }

  /// Takes over what a request wants of a service, all of it or nothing.
  private func apply(
    _ body: JSONObject,
    to service: inout SandboxResource,
    isPatch: Bool,
    _ content: DirectoryContent,
    _ call: ServiceCall
  ) throws(Problem) {
    let properties = try body.properties()
    if let links = properties["linkedDomains"], !links.isNull {
      service.linkedDomains = try LinkedDomains(links).paths(for: service, in: content)
    }
    if let value = properties["disableLocalAuth"], !value.isNull {
      guard let refuses = value.boolValue else {
        throw .invalidContent("'properties.disableLocalAuth' must be true or false.")
      }
      service.refusesAccessKeys = refuses
    }
    try applyNetworkAccess(properties, to: &service)
    try service.identity.apply(
      body["identity"],
      isPatch: isPatch,
      known: { content.identities[$0] != nil },
      from: desk.entropy
    )
    let tags = try body.tags()
    service.frame.tags = tags ?? (isPatch ? service.frame.tags : [:])
    service.frame.touch(call)
  }

  private func applyNetworkAccess(
    _ properties: JSONObject,
    to service: inout SandboxResource
  ) throws(Problem) {
    guard let value = properties["publicNetworkAccess"], !value.isNull else { return }
    let known = ["Enabled", "Disabled", "SecuredByPerimeter"]
    guard let access = value.stringValue, known.contains(access) else {
      throw .invalidContent(
        "'properties.publicNetworkAccess' must be one of \(known.joined(separator: ", "))."
      )
    }
    service.publicNetworkAccess = access
  }

  private func showService(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    try desk.work(call, .read, on: call.servicePath) { content throws(Problem) in
      .json(200, json(content.services[try index(content, call)], content, call))
    }
  }

  private func listServices(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    let scope = call.scope
    return try desk.work(call, .read, on: scope) { content throws(Problem) in
      let services = content.services.filter { scope.contains($0.path) }
      return try Page.ofManagement(call).answer(services.map { json($0, content, call) }, to: call)
    }
  }

  private func deleteService(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    let path = call.servicePath
    return try desk.work(call, .manageCommunication, on: path) { content throws(Problem) in
      guard let index = content.serviceIndex(path) else { return HTTPResponse(status: 204) }
      try content.services[index].frame.requireIdle(path)
      content.services[index].frame.begin(.deleting, at: call.now)
      return desk.begin(&content, on: path, call)
    }
  }

  // MARK: Shared with other operations on services

  func index(_ content: DirectoryContent, _ call: ServiceCall) throws(Problem) -> Int {
    guard let index = content.serviceIndex(call.servicePath) else {
      throw .notFound(call.servicePath)
    }
    return index
  }

  func json(_ service: SandboxResource, _ content: DirectoryContent, _ call: ServiceCall) -> JSON {
    var properties: JSONObject = [
      "provisioningState": service.frame.provisioningState, "hostName": .string(service.hostName),
      "dataLocation": .string(service.dataLocation.name),
      "immutableResourceId": .string(service.id), "version": "0.2.0",
      "linkedDomains": .array(service.linkedDomains.map { .string($0.description) }),
    ]
    properties["notificationHubId"] = service.notificationHub.map(JSON.string)
    if call.version >= "2025" {
      properties["publicNetworkAccess"] = .string(service.publicNetworkAccess)
      properties["disableLocalAuth"] = .bool(service.refusesAccessKeys)
    }
    let type = "Microsoft.Communication/CommunicationServices"
    var object = service.frame.json(service.path, type: type, properties: properties)
    if call.version >= "2023-04-01" {
      object["identity"] = service.identity.json(tenant: desk.tenant.id) { content.identities[$0] }
    }
    return .object(object)
  }

  /// - Throws: 400 for a place that the service does not know.
  func dataLocation(_ properties: JSONObject) throws(Problem) -> DataLocation {
    let name = try properties.requiredText("dataLocation")
    guard let location = DataLocation(name) else {
      let known = DataLocation.names.joined(separator: ", ")
      throw .invalidContent("'properties.dataLocation' is '\(name)'; known are \(known).")
    }
    return location
  }

  /// - Throws: 400 when a resource would move to another place.
  func keep(_ location: DataLocation, _ wanted: DataLocation?) throws(Problem) {
    guard location == wanted else {
      throw Problem(
        400,
        "PropertyChangeNotAllowed",
        "Changing property 'dataLocation' is not allowed; it is '\(location.name)'."
      )
    }
  }

  /// - Throws: 400 unless the location is `global`.
  func requireGlobal(_ body: JSONObject) throws(Problem) {
    guard let location = body["location"]?.stringValue else {
      throw Problem(
        400,
        "LocationRequired",
        "The location property is required for this definition."
      )
    }
    guard location.lowercased() == "global" else {
      throw Problem(
        400,
        "LocationNotAvailableForResourceType",
        "The provided location '\(location)' is not available for the resource type. "
          + "List of available regions for the resource type is 'global'."
      )
    }
  }
}

extension ServiceCall {
  var servicePath: ResourcePath { path(("communicationServices", "service")) }

  /// What a list is about: a resource group, or the whole subscription.
  var scope: ResourcePath { parameters["group"] == nil ? subscriptionPath : groupPath }
}
