import HTTPMessages
import OrderedJSON
import Testing

@testable import AzureSandbox

struct ManagedIdentityTests {
  private let bench = ManagementBench()

  private func assign(_ identity: JSON, _ method: String = "PATCH") async -> TestBench.Answer {
    await bench.send("PATCH", bench.service, ["identity": identity])
  }

  private func userAssigned(_ names: [String: JSON], _ type: String = "UserAssigned") -> JSON {
    let members = names.map { (bench.identity($0.key), $0.value) }
    return ["type": .string(type), "userAssignedIdentities": .object(JSONObject(members))]
  }

  @Test func `a system-assigned identity is given at creation and dies with the resource`() async {
    var body = ManagementBench.body(["dataLocation": "UK"]).objectValue ?? JSONObject()
    body["identity"] = ["type": "SystemAssigned"]
    let made = await bench.send("PUT", bench.service, .object(body)).json["identity"]
    let first = made?.text("principalId") ?? ""
    #expect(!first.isEmpty && made?.text("tenantId") == bench.bench.sandbox.tenant.id)
    bench.settle()
    _ = await bench.send("DELETE", bench.service)
    bench.settle()
    #expect(await grant(first).code == "PrincipalNotFound")
    let again = await bench.send("PUT", bench.service, .object(body)).json["identity"]
    #expect(again?.text("principalId") != first)
  }

  @Test func `a resource has one system-assigned identity, however often it is asked for`() async {
    await bench.createService()
    let first = await assign(["type": "SystemAssigned"]).json["identity"]
    #expect(await assign(["type": "SystemAssigned"]).json["identity"] == first)
    #expect(await assign(["type": "None"]).json["identity"] == ["type": "None"])
    let second = await assign(["type": "SystemAssigned"]).json["identity"]
    #expect(second?.text("principalId") != first?.text("principalId"))
  }

  @Test func `user-assigned identities are many and survive the resource`() async {
    await bench.createService()
    let one = await bench.createIdentity("one")
    _ = await bench.createIdentity("two")
    let answer = await assign(userAssigned(["one": [:], "two": [:]]))
    #expect(answer.status == 200)
    let identities = answer.json["identity"]?["userAssignedIdentities"]
    #expect(identities?.objectValue?.count == 2)
    let shown = identities?[bench.identity("one")]
    #expect(shown?.text("clientId") == one.text("clientId"))
    #expect(shown?.text("principalId") == one.text("principalId"))
    _ = await bench.send("DELETE", bench.service)
    bench.settle()
    let survivor = await bench.send("GET", bench.identity("one"))
    #expect(survivor.json["properties"] == one)
  }

  @Test(arguments: ["SystemAssigned,UserAssigned", "SystemAssigned, UserAssigned"])
  func `both kinds go together`(_ type: String) async {
    await bench.createService()
    _ = await bench.createIdentity("one")
    let identity = await assign(userAssigned(["one": [:]], type)).json["identity"]
    #expect(identity?.text("type") == "SystemAssigned,UserAssigned")
    #expect(identity?.text("principalId").isEmpty == false)
    #expect(identity?["userAssignedIdentities"]?.objectValue?.count == 1)
  }

  @Test func `null takes one identity away and None all`() async {
    await bench.createService()
    for name in ["one", "two"] { _ = await bench.createIdentity(name) }
    _ = await assign(userAssigned(["one": [:], "two": [:]]))
    let less = await assign(userAssigned(["one": .null])).json["identity"]
    #expect(
      less?["userAssignedIdentities"]?.objectValue.map { Array($0.keys) } == [bench.identity("two")]
    )
    let last = await assign(userAssigned(["two": .null]))
    #expect(last.status == 400 && last.code == "MissingIdentityIds")
    #expect(await assign(["type": "None"]).json["identity"] == ["type": "None"])
  }

  @Test func `an identity that does not exist cannot be assigned`() async {
    await bench.createService()
    let answer = await assign(userAssigned(["nobody": [:]]))
    #expect(answer.status == 400 && answer.code == "FailedIdentityOperation")
    #expect(await assign(["type": "Everything"]).status == 400)
    #expect(await assign(userAssigned(["nobody": [:]], "SystemAssigned")).status == 400)
  }

  // MARK: Access

  private func grant(_ principal: String, role: String = "09976791-48a7-449e-bb21-39d1a415f350")
    async -> TestBench.Answer
  {
    let subscription = bench.bench.sandbox.tenant.subscription
    let definition =
      "\(subscription)/providers/Microsoft.Authorization/roleDefinitions/\(role)"
    return await bench.send(
      "PUT",
      bench.service
        + "/providers/Microsoft.Authorization/roleAssignments/5d6f0d0e-2c58-4a0c-9a52-3d7ce0c1f0aa",
      [
        "properties": [
          "roleDefinitionId": .string(definition), "principalId": .string(principal),
        ]
      ]
    )
  }

  private func createUser(
    _ token: String,
    host: String = "contoso.unitedstates.communication.azure.com"
  ) async -> TestBench.Answer {
    var request = bench.bench.request("POST", "/identities" + TestBench.version, "", host: host)
    request.headers["Authorization"] = "Bearer \(token)"
    return TestBench.Answer(await bench.bench.sandbox.handle(request))
  }

  @Test func `a managed identity calls the service once it was granted a role, without any key`()
    async
  {
    await bench.createService()
    let identity = await bench.createIdentity("caller")
    for selector in [
      "client_id=\(identity.text("clientId"))", "object_id=\(identity.text("principalId"))",
      "mi_res_id=\(PercentEncoding.encode(bench.identity("caller")))",
    ] {
      let token = await bench.token(
        for: "https://communication.azure.com",
        selecting: "&\(selector)"
      )
      #expect(!token.isEmpty)
    }
    let query = "&client_id=\(identity.text("clientId"))"
    let token = await bench.token(for: "https://communication.azure.com", selecting: query)
    let refused = await createUser(token)
    #expect(refused.status == 401 && refused.code == "Denied")
    #expect(await grant(identity.text("principalId")).status == 201)
    #expect(await createUser(token).status == 201)
    let path =
      bench.service
      + "/providers/Microsoft.Authorization/roleAssignments/5d6f0d0e-2c58-4a0c-9a52-3d7ce0c1f0aa"
    #expect(await bench.send("DELETE", path).status == 200)
    #expect(await createUser(token).status == 401)
  }

  @Test func `at a loopback address the role says which resource is meant`() async throws {
    await bench.createService()
    let identity = await bench.createIdentity("caller")
    let query = "&client_id=\(identity.text("clientId"))"
    let token = await bench.token(for: "https://communication.azure.com", selecting: query)
    #expect(await createUser(token, host: TestBench.host).status == 401)
    _ = await grant(identity.text("principalId"))
    let service = bench.bench.sandbox.resources.resource(ResourcePath(bench.service))
    let user = await createUser(token, host: TestBench.host).json["identity"]?.text("id")
    #expect(user?.hasPrefix("8:acs:\(try #require(service).id)_") == true)
  }

  @Test func `a reader may look at the resource and not call it`() async {
    await bench.createService()
    let identity = await bench.createIdentity("reader")
    _ = await grant(identity.text("principalId"), role: "acdd72a7-3385-48ef-bd42-f606fba81ae7")
    let query = "&client_id=\(identity.text("clientId"))"
    #expect(
      await createUser(
        await bench.token(for: "https://communication.azure.com", selecting: query)
      ).status == 401
    )
    let token = await bench.token(for: "https://management.azure.com", selecting: query)
    #expect(await bench.send("GET", bench.service, token: token).status == 200)
    let keys = await bench.send("POST", bench.service + "/listKeys", token: token)
    #expect(keys.status == 403 && keys.code == "AuthorizationFailed")
    #expect(keys.message.contains("Microsoft.Communication/communicationServices/listKeys/action"))
  }

  @Test func `a deleted identity is taken off resources and gets no tokens`() async {
    await bench.createService()
    let identity = await bench.createIdentity("one")
    _ = await assign(userAssigned(["one": [:]]))
    #expect(await bench.send("DELETE", bench.identity("one")).status == 200)
    #expect(await bench.send("DELETE", bench.identity("one")).status == 204)
    #expect(await bench.send("GET", bench.service).json["identity"] == ["type": "None"])
    let query = "&client_id=\(identity.text("clientId"))"
    #expect(await bench.token(for: "https://management.azure.com", selecting: query).isEmpty)
  }

  @Test func `role assignments are listed where they count`() async {
    await bench.createService()
    let identity = await bench.createIdentity("one")
    _ = await grant(identity.text("principalId"))
    #expect(await grant(identity.text("principalId")).code == "RoleAssignmentExists")
    #expect(await grant(identity.text("principalId"), role: "x").status == 400)
    func count(_ scope: String, _ filter: String = "") async -> Int? {
      let path = scope + "/providers/Microsoft.Authorization/roleAssignments?api-version=2022-04-01"
      return await bench.send("GET", path + filter).json["value"]?.arrayValue?.count
    }
    #expect(await count(bench.service) == 2)
    #expect(await count(bench.group, "&$filter=atScope()") == 1)
    let principal = identity.text("principalId")
    #expect(await count(bench.group, "&$filter=principalId%20eq%20'\(principal)'") == 1)
    let roles = bench.service + "/providers/Microsoft.Authorization/roleDefinitions"
    let named = await bench.send(
      "GET",
      roles + "?api-version=2022-04-01&$filter=roleName%20eq%20'Contributor'"
    )
    #expect(named.json["value"]?[0]?["properties"]?.text("roleName") == "Contributor")
  }
}
