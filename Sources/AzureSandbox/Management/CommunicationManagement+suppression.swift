internal import HTTPMessages
internal import OrderedJSON

/// Suppression lists, and the addresses on them.
extension CommunicationManagement {
  private static let lists = group + "/emailServices/{email}/domains/{domain}/suppressionLists"
  private static let addresses = lists + "/{list}/suppressionListAddresses"

  var suppressionOperations: [SandboxOperation] {
    [
      SandboxOperation("GET", Self.lists, listLists),
      SandboxOperation("GET", Self.lists + "/{list}", showList),
      SandboxOperation("PUT", Self.lists + "/{list}", putList),
      SandboxOperation("DELETE", Self.lists + "/{list}", deleteList),
      SandboxOperation("GET", Self.addresses, listAddresses),
      SandboxOperation("GET", Self.addresses + "/{address}", showAddress),
      SandboxOperation("PUT", Self.addresses + "/{address}", putAddress),
      SandboxOperation("DELETE", Self.addresses + "/{address}", deleteAddress),
    ]
  }

  // MARK: Lists

  private func putList(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    let name = try call.content().properties().requiredText("listName")
    let path = call.listPath
    return try desk.work(call, .manageCommunication, on: path) { content throws(Problem) in
      var domain = try parentDomain(content, path, call)
      guard domain.hasSender(name) else {
        throw .invalidContent("'properties.listName' must be a sender username of the domain.")
      }
      let key = path.name.lowercased()
      let old = domain.lists[key]
      let list = SuppressionList(
        listName: name,
        created: old?.created ?? call.now,
        updated: call.now,
        addresses: old?.addresses ?? [:]
      )
      domain.lists[key] = list
      content.domains[domain.path] = domain
      return .json(old == nil ? 201 : 200, list.json(path, domain))
    }
  }

  private func showList(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    try desk.work(call, .read, on: call.listPath) { content throws(Problem) in
      .json(200, try list(content, call).json(call.listPath, try domain(content, call)))
    }
  }

  private func listLists(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    try desk.work(call, .read, on: call.domainPath) { content throws(Problem) in
      let domain = try domain(content, call)
      let lists = domain.lists.sorted { $0.key < $1.key }
      return try Page.ofManagement(call).answer(
        lists.map { $0.value.json(domain.path.child("suppressionLists", $0.key), domain) },
        to: call
      )
    }
  }

  private func deleteList(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    try desk.work(call, .manageCommunication, on: call.listPath) { content throws(Problem) in
      var domain = try domain(content, call)
      let was = domain.lists.removeValue(forKey: call.listPath.name.lowercased())
      content.domains[domain.path] = domain
      return HTTPResponse(status: was == nil ? 204 : 200)
    }
  }

  private func list(_ content: DirectoryContent, _ call: ServiceCall) throws(Problem)
    -> SuppressionList
  {
    let list = try domain(content, call).lists[call.listPath.name.lowercased()]
    guard let list else { throw .notFound(call.listPath) }
    return list
  }

  // MARK: Addresses

  private func putAddress(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    let properties = try call.content().properties()
    let email = try properties.requiredText("email")
    guard email.contains("@") else {
      throw .invalidContent("'properties.email' must be an email address.")
    }
    let path = call.addressPath
    let address = SuppressionList.Address(
      email: email,
      firstName: properties["firstName"]?.stringValue,
      lastName: properties["lastName"]?.stringValue,
      notes: properties["notes"]?.stringValue,
      modified: call.now
    )
    return try desk.work(call, .manageCommunication, on: path) { content throws(Problem) in
      var domain = try parentDomain(content, path, call)
      guard var list = domain.lists[call.listPath.name.lowercased()] else {
        throw .parentNotFound(path)
      }
      let isNew = list.addresses.updateValue(address, forKey: path.name.lowercased()) == nil
      list.updated = call.now
      domain.lists[call.listPath.name.lowercased()] = list
      content.domains[domain.path] = domain
      return .json(isNew ? 201 : 200, address.json(path, domain))
    }
  }

  private func showAddress(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    try desk.work(call, .read, on: call.addressPath) { content throws(Problem) in
      let list = try list(content, call)
      guard let address = list.addresses[call.addressPath.name.lowercased()] else {
        throw .notFound(call.addressPath)
      }
      return .json(200, address.json(call.addressPath, try domain(content, call)))
    }
  }

  private func listAddresses(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    try desk.work(call, .read, on: call.listPath) { content throws(Problem) in
      let (list, domain) = (try list(content, call), try domain(content, call))
      let addresses = list.addresses.sorted { $0.key < $1.key }
      return try Page.ofManagement(call).answer(
        addresses.map {
          $0.value.json(call.listPath.child("suppressionListAddresses", $0.key), domain)
        },
        to: call
      )
    }
  }

  private func deleteAddress(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    try desk.work(call, .manageCommunication, on: call.addressPath) { content throws(Problem) in
      var domain = try domain(content, call)
      let key = call.listPath.name.lowercased()
      let was = domain.lists[key]?.addresses
        .removeValue(forKey: call.addressPath.name.lowercased())
      content.domains[domain.path] = domain
      return HTTPResponse(status: was == nil ? 204 : 200)
    }
  }
}

extension ServiceCall {
  fileprivate var listPath: ResourcePath {
    domainPath.child("suppressionLists", parameters["list"] ?? "")
  }

  fileprivate var addressPath: ResourcePath {
    listPath.child("suppressionListAddresses", parameters["address"] ?? "")
  }
}
