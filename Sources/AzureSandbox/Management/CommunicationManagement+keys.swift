internal import HTTPMessages
internal import OrderedJSON

/// Access keys, and the notification hub.
extension CommunicationManagement {
  private static let service = group + "/communicationServices/{service}"

  var keyOperations: [SandboxOperation] {
    [
      SandboxOperation("POST", Self.service + "/listKeys", listKeys),
      SandboxOperation("POST", Self.service + "/regenerateKey", regenerateKey),
      SandboxOperation("POST", Self.service + "/linkNotificationHub", linkHub),
    ]
  }

  private func listKeys(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    try desk.work(call, .manageCommunication, on: call.servicePath) { content throws(Problem) in
      let service = content.services[try index(content, call)]
      return Self.secret(Self.json(service, ResourceKeys.Name.allCases, call))
    }
  }

  private func regenerateKey(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    let type = try call.content().requiredText("keyType", in: "body")
    guard let name = ResourceKeys.Name(rawValue: type.lowercased()) else {
      throw .invalidContent("'keyType' must be 'Primary' or 'Secondary', not '\(type)'.")
    }
    return try desk.work(call, .manageCommunication, on: call.servicePath) {
      content throws(Problem) in
      let index = try index(content, call)
      content.services[index].keys.regenerate(name, from: desk.entropy)
      return Self.secret(Self.json(content.services[index], [name], call))
    }
  }

  private static func json(
    _ service: SandboxResource,
    _ names: [ResourceKeys.Name],
    _ call: ServiceCall
  ) -> JSONObject {
    // At its own address the sandbox names that one, so that clients come back to it.
    let isHere = LoopbackName.matches(call.request.host)
    let endpoint = isHere ? call.origin : "https://\(service.hostName)"
    var object = JSONObject()
    for name in names {
      object["\(name.rawValue)Key"] = .string(Base64.encode(service.keys[name]))
    }
    for name in names {
      let text = service.connectionString(endpoint: endpoint, key: name)
      object["\(name.rawValue)ConnectionString"] = .string(text)
    }
    return object
  }

  private static func secret(_ body: JSONObject) -> HTTPResponse {
    var response = HTTPResponse.json(200, .object(body))
    response.headers.append("Cache-Control", "no-store")
    return response
  }

  private func linkHub(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    let body = try call.content()
    let id = try body.requiredText("resourceId", in: "body")
    _ = try body.requiredText("connectionString", in: "body")
    return try desk.work(call, .manageCommunication, on: call.servicePath) {
      content throws(Problem) in
      let index = try index(content, call)
      content.services[index].notificationHub = id
      return .json(200, ["resourceId": .string(id)])
    }
  }
}
