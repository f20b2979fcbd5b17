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
