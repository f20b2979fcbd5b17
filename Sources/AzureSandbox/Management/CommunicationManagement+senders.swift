internal import HTTPMessages
internal import OrderedJSON

/// The names that mail may come from.
extension CommunicationManagement {
  private static let names = group + "/emailServices/{email}/domains/{domain}/senderUsernames"

  var senderOperations: [SandboxOperation] {
    [
      SandboxOperation("GET", Self.names, listSenders),
      SandboxOperation("GET", Self.names + "/{name}", showSender),
      SandboxOperation("PUT", Self.names + "/{name}", putSender),
      SandboxOperation("DELETE", Self.names + "/{name}", deleteSender),
    ]
  }

  private func path(_ call: ServiceCall) -> ResourcePath {
    call.domainPath.child("senderUsernames", call.parameters["name"] ?? "")
  }

  private func putSender(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    try call.name("name", maximum: 253) { $0.isPartOfServiceName || ".+".contains($0) }
    let properties = try call.content().properties()
    let username = try properties.requiredText("username")
    let path = path(call)
    guard username.lowercased() == path.name.lowercased() else {
      throw .invalidContent("'properties.username' must be the last part of the path.")
    }
    let sender = EmailSender(
      username: username,
      displayName: properties["displayName"]?.stringValue ?? ""
    )
    return try desk.work(call, .manageCommunication, on: path) { content throws(Problem) in
      var domain = try parentDomain(content, path, call)
      try domain.frame.requireIdle(domain.path)
      guard domain.management != .azure || domain.hasSender(username) else {
        throw Problem(
          400,
          "InvalidSenderUserName",
          "A domain that Azure manages has the sender 'DoNotReply' alone."
        )
      }
      let isNew = !domain.hasSender(username)
      domain.add(sender)
      content.domains[domain.path] = domain
      return .json(isNew ? 201 : 200, Self.json(path, sender, domain))
    }
  }

  private func showSender(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    try desk.work(call, .read, on: path(call)) { content throws(Problem) in
      let domain = try domain(content, call)
      guard let sender = domain.senders[path(call).name.lowercased()] else {
        throw .notFound(path(call))
      }
      return .json(200, Self.json(path(call), sender, domain))
    }
  }

  private func listSenders(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    try desk.work(call, .read, on: call.domainPath) { content throws(Problem) in
      let domain = try domain(content, call)
      let senders = domain.senders.sorted { $0.key < $1.key }
      return try Page.ofManagement(call).answer(
        senders.map { key, sender in
          Self.json(domain.path.child("senderUsernames", sender.username), sender, domain)
        },
        to: call
      )
    }
  }

  private func deleteSender(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    try desk.work(call, .manageCommunication, on: path(call)) { content throws(Problem) in
      var domain = try domain(content, call)
      guard domain.senders.removeValue(forKey: path(call).name.lowercased()) != nil else {
        return HTTPResponse(status: 204)
      }
      content.domains[domain.path] = domain
      return HTTPResponse(status: 200)
    }
  }

  private static func json(_ path: ResourcePath, _ sender: EmailSender, _ domain: EmailDomain)
    -> JSON
  {
    [
      "id": .string(path.description), "name": .string(path.name),
      "type": "Microsoft.Communication/EmailServices/Domains/SenderUsernames",
      "properties": [
        "username": .string(sender.username), "displayName": .string(sender.displayName),
        "dataLocation": .string(domain.dataLocation.name), "provisioningState": "Succeeded",
      ],
    ]
  }
}
