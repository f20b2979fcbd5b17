import HTTPMessages
import OrderedJSON
import Testing

@testable import AzureSandbox

struct ResourceGroupTests {
  private let bench = ManagementBench()
  private var subscription: String { bench.bench.sandbox.tenant.subscription.description }

  @Test func `a group is there once something was put into it`() async {
    #expect(await bench.send("GET", bench.group).code == "ResourceGroupNotFound")
    await bench.createService()
    #expect(await bench.send("GET", bench.group).json.text("name") == "flows-dev")
    let groups = await bench.send("GET", subscription + "/resourceGroups").json["value"]
    #expect(groups?.arrayValue?.map { $0.text("name") } == ["flows-dev", "sandbox"])
    let put = await bench.send("PUT", subscription + "/resourcegroups/x", ["location": "uksouth"])
    #expect(put.status == 201 && put.json.text("location") == "uksouth")
  }

  @Test func `a service moves to another group with its keys, links and roles`() async throws {
    await bench.createService()
    await bench.createEmailService()
    await bench.createDomain(bench.azureDomain, "AzureManaged")
    _ = await bench.link([bench.azureDomain])
    let before = await bench.send("POST", bench.service + "/listKeys").json
    let order: JSON = [
      "resources": [.string(bench.service), .string(bench.email)],
      "targetResourceGroup": .string(subscription + "/resourceGroups/other"),
    ]
    let path = bench.group + "/moveResources"
    #expect(await bench.send("POST", path, order).code == "ResourceGroupNotFound")
    _ = await bench.send("PUT", subscription + "/resourceGroups/other", ["location": "uksouth"])
    #expect(await bench.send("POST", bench.group + "/validateMoveResources", order).status == 204)
    #expect(await bench.send("POST", path, order).status == 202)
    let moved = bench.service.replacing("flows-dev", with: "other")
    let shown = await bench.send("GET", moved).json
    #expect(shown["properties"]?.text("provisioningState") == "Moving")
    #expect(await bench.send("GET", bench.service).status == 404)
    bench.settle()
    let link = bench.azureDomain.replacing("flows-dev", with: "other")
    let after = await bench.send("GET", moved).json
    #expect(after["properties"]?["linkedDomains"] == [.string(link)])
    #expect(await bench.send("POST", moved + "/listKeys").json == before)
    #expect(await bench.send("GET", link).status == 200)
    #expect(await bench.send("POST", path, order).code == "ResourceNotFound")
  }

  @Test func `a domain does not move without its service`() async {
    await bench.createEmailService()
    await bench.createDomain(bench.azureDomain, "AzureManaged")
    let order: JSON = [
      "resources": [.string(bench.azureDomain)],
      "targetResourceGroup": .string(subscription + "/resourceGroups/sandbox"),
    ]
    #expect(await bench.send("POST", bench.group + "/moveResources", order).status == 400)
  }

  @Test func `a deleted group takes everything along`() async {
    await bench.createService()
    _ = await bench.createIdentity("one")
    #expect(await bench.send("DELETE", bench.group).status == 202)
    #expect(await bench.send("GET", bench.service).status == 404)
    #expect(await bench.send("GET", bench.identity("one")).status == 404)
    #expect(await bench.send("DELETE", bench.group).status == 404)
  }

  @Test func `the subscription and its tenant are found, and no other`() async {
    let list = await bench.send("GET", "/subscriptions").json["value"]
    #expect(list?[0]?.text("id") == subscription)
    #expect(await bench.send("GET", subscription).json.text("state") == "Enabled")
    #expect(await bench.send("GET", "/tenants").json["value"]?.arrayValue?.count == 1)
    let other = "/subscriptions/00000000-0000-4000-8000-000000000000/resourceGroups"
    #expect(await bench.send("GET", other).code == "SubscriptionNotFound")
    #expect(
      await bench.send("GET", subscription + "/resources").json["value"]?.arrayValue?.count == 1
    )
  }

  @Test func `without a role nothing is managed`() async {
    let bench = ManagementBench { $0.isRoleAssigned = false }
    let answer = await bench.createService()
    #expect(answer.status == 403 && answer.code == "AuthorizationFailed")
  }

  @Test func `a token for the service manages nothing`() async {
    let token = await bench.token(for: "https://communication.azure.com")
    for token in [token, "", "x.y.z"] {
      let answer = await bench.send("GET", bench.group, token: token)
      #expect(answer.status == 401 && answer.code == "InvalidAuthenticationToken")
      #expect(answer.response.headers["WWW-Authenticate"]?.hasPrefix("Bearer") == true)
      #expect(answer.response.headers["x-weir-sandbox-reason"]?.isEmpty == false)
    }
  }

  @Test func `an operation fails when it was told to`() async {
    let order = #"{"code":"InternalServerError","message":"ordered"}"#
    let ordered = await bench.bench.sendUnsigned("POST", "/_sandbox/operation-failures", order)
    #expect(ordered.status == 201)
    let url = await bench.createService().response.headers["Azure-AsyncOperation"] ?? ""
    let path = String(url.dropFirst("http://\(TestBench.host)".count))
    _ = await bench.send("GET", path)
    let poll = await bench.send("GET", path).json
    #expect(poll.text("status") == "Failed" && poll["error"]?.text("message") == "ordered")
    let shown = await bench.send("GET", bench.service).json
    #expect(shown["properties"]?.text("provisioningState") == "Failed")
    #expect(await bench.send("DELETE", bench.service).status == 202)
  }
}
