import HTTPMessages
import OrderedJSON
import Testing

@testable import AzureSandbox

struct SandboxPageTests {
  private let bench = ManagementBench()

  private func get(_ path: String, accept: String = "application/json") async -> HTTPResponse {
    var request = bench.bench.request("GET", path, "")
    request.headers["Accept"] = accept
    return await bench.bench.sandbox.handle(request)
  }

  /// Every node of the tree as `kind name`, indented by depth.
  private func outline(_ node: JSON, _ depth: Int = 0) -> [String] {
    let line = String(repeating: " ", count: depth) + "\(node.text("kind")) \(node.text("name"))"
    return [line] + (node["children"]?.arrayValue ?? []).flatMap { outline($0, depth + 1) }
  }

  @Test func `resources hang together as the service's diagram has them`() async throws {
    await bench.createService()
    await bench.createEmailService()
    await bench.createDomain(bench.azureDomain, "AzureManaged")
    await bench.createDomain(bench.ownDomain, "CustomerManaged")
    _ = await bench.createIdentity("caller")
    _ = await bench.link([bench.azureDomain])
    _ = await bench.bench.createUser()
    let tree = try JSON(parsing: await get("/_sandbox/resources").body)
    #expect(
      outline(tree) == [
        "Subscription \(bench.bench.sandbox.tenant.subscriptionID)",
        " Resource group flows-dev",
        "  Communication Service contoso",
        "  Email Communication Service contoso-mail",
        "   Azure-managed domain AzureManagedDomain",
        "    Sender DoNotReply",
        "   Custom domain mail.example.org",
        "    Sender DoNotReply",
        "  User-assigned identity caller",
        " Resource group sandbox",
        "  Communication Service sandbox",
        "   Users 1",
      ]
    )
    let group = tree["children"]?[0]?["children"]
    let link = group?[0]?["details"]?.text("linked domain")
    #expect(link == "contoso-mail/AzureManagedDomain")
    #expect(group?[1]?["children"]?[0]?["details"]?.text("linked to") == "contoso")
  }

  @Test func `what a service owns hangs below it`() async throws {
    let bench = TestBench { $0.hasSenders = true }
    let number = try #require(bench.sandbox.senders?.number)
    _ = await bench.createUser()
    _ = await bench.send("POST", "/rooms?api-version=2025-03-13", "{}")
    let trunk = #"{"trunks":{"a.example.org":{"sipSignalingPort":5061}}}"#
    _ = await bench.send(
      "PATCH",
      "/sip?api-version=2023-03-01",
      trunk,
      headers: ["Content-Type": "application/json"]
    )
    let tree = await bench.sendUnsigned("GET", "/_sandbox/resources").json
    let service = try #require(tree["children"]?[0]?["children"]?[0])
    #expect(
      outline(service) == [
        "Communication Service sandbox", " Users 1", " Rooms 1", " Toll-free number \(number)",
        " SIP trunk a.example.org:5061",
      ]
    )
    let details = service["children"]?[2]?["details"]
    #expect(details?.text("assigned to") == "application")
    #expect(details?.text("sms") == "inbound+outbound")
  }

  @Test func `a browser at the endpoint is led to the page, a program is not`() async {
    let answer = await get("/", accept: "text/html")
    #expect(answer.status == 302 && answer.headers["Location"] == "/_sandbox")
    #expect(await get("/").status == 404)
  }

  @Test func `a browser gets a page that runs nothing of others, a program JSON`() async throws {
    let page = await get("/_sandbox", accept: "text/html,application/xhtml+xml")
    #expect(page.headers["Content-Type"] == "text/html; charset=utf-8")
    #expect(page.headers["Content-Security-Policy"]?.hasPrefix("default-src 'none'") == true)
    #expect(await get("/_sandbox/page.css").headers["Content-Type"]?.hasPrefix("text/css") == true)
    #expect(await get("/_sandbox/page.js").body.isEmpty == false)
    let index = try JSON(parsing: await get("/_sandbox/").body)
    #expect(index["links"]?.text("mail") == "/_sandbox/mail")
    #expect(index["resources"]?.text("kind") == "Subscription")
  }

  @Test func `no secret is on the page`() async {
    await bench.createService()
    let keys = await bench.send("POST", bench.service + "/listKeys").json.text("primaryKey")
    for path in ["/_sandbox", "/_sandbox/resources", "/_sandbox/requests"] {
      let text = String(decoding: await get(path).body, as: UTF8.self)
      #expect(!text.contains(keys) && !text.contains(bench.bench.sandbox.tenant.clientSecret))
      #expect(!text.contains(Base64.encode(bench.bench.sandbox.resource.keys.primary)))
    }
  }
}
