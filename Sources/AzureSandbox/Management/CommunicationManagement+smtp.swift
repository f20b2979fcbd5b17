internal import HTTPMessages
internal import OrderedJSON

/// Names for sending by SMTP, which the sandbox keeps and does not serve.
extension CommunicationManagement {
  private static let names = group + "/communicationServices/{service}/smtpUsernames"

  var smtpOperations: [SandboxOperation] {
    [
      SandboxOperation("GET", Self.names, listNames),
      SandboxOperation("GET", Self.names + "/{name}", showName),
      SandboxOperation("PUT", Self.names + "/{name}", putName),
      SandboxOperation("DELETE", Self.names + "/{name}", deleteName),
    ]
  }

  private func path(_ call: ServiceCall) -> ResourcePath {
    call.path(("communicationServices", "service"), ("smtpUsernames", "name"))
  }

  private func listNames(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    try desk.work(call, .read, on: call.servicePath) { content throws(Problem) in
      let service = content.services[try index(content, call)]
      let names = service.smtpUsernames.sorted { $0.key < $1.key }
      return try Page.ofManagement(call).answer(
        names.map { Self.json(service.path.child("smtpUsernames", $0.key), $0.value) },
        to: call
      )
    }
  }

  private func showName(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    try desk.work(call, .read, on: path(call)) { content throws(Problem) in
      let service = content.services[try index(content, call)]
      guard let name = service.smtpUsernames[path(call).name.lowercased()] else {
        throw .notFound(path(call))
      }
      return .json(200, Self.json(path(call), name))
    }
  }

  private func putName(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    let properties = try call.content().properties()
    let name = SMTPUsername(
      username: try properties.requiredText("username"),
      application: try properties.requiredText("entraApplicationId"),
      tenant: try properties.requiredText("tenantId")
    )
    return try desk.work(call, .manageCommunication, on: path(call)) { content throws(Problem) in
      guard let index = content.serviceIndex(call.servicePath) else {
        throw .parentNotFound(path(call))
      }
      let key = path(call).name.lowercased()
      let isNew = content.services[index].smtpUsernames.updateValue(name, forKey: key) == nil
      return .json(isNew ? 201 : 200, Self.json(path(call), name))
    }
  }

  private func deleteName(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    try desk.work(call, .manageCommunication, on: path(call)) { content throws(Problem) in
      let index = try index(content, call)
      let key = path(call).name.lowercased()
      let was = content.services[index].smtpUsernames.removeValue(forKey: key)
      return HTTPResponse(status: was == nil ? 204 : 200)
    }
  }

  private static func json(_ path: ResourcePath, _ name: SMTPUsername) -> JSON {
    [
      "id": .string(path.description), "name": .string(path.name),
      "type": "Microsoft.Communication/CommunicationServices/SmtpUsernames",
      "properties": [
        "username": .string(name.username), "entraApplicationId": .string(name.application),
        "tenantId": .string(name.tenant),
      ],
    ]
  }
}
