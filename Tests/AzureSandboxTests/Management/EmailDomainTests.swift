import HTTPMessages
import OrderedJSON
import Testing

@testable import AzureSandbox

struct EmailDomainTests {
  private let bench = ManagementBench()

  private func states(_ path: String) async -> [String] {
    let json = await bench.send("GET", path).json
    let states = json["properties"]?["verificationStates"]
    return ["Domain", "SPF", "DKIM", "DKIM2", "DMARC"].map { states?[$0]?.text("status") ?? "" }
  }

  private func verify(_ type: String, _ action: String = "initiateVerification") async
    -> TestBench.Answer
  {
    await bench.send("POST", "\(bench.ownDomain)/\(action)", ["verificationType": .string(type)])
  }

  /// Verifies everything that mail needs.
  private func verifyAll() async {
    for type in ["Domain", "SPF", "DKIM", "DKIM2"] {
      #expect(await verify(type).status == 202)
      bench.settle()
    }
  }

  // MARK: Azure-managed domains

  @Test func `a domain that Azure manages is verified at once`() async {
    await bench.createEmailService()
    let answer = await bench.createDomain(bench.azureDomain, "AzureManaged")
    #expect(answer.status == 201)
    let sender = answer.json["properties"]?.text("fromSenderDomain") ?? ""
    #expect(sender.hasSuffix(".azurecomm.net") && sender.count == 36 + 14)
    #expect(await states(bench.azureDomain) == Array(repeating: "Verified", count: 5))
    #expect(answer.json["properties"]?["verificationRecords"] == nil)
  }

  @Test func `a domain that Azure manages has one name and one sender, and tracks nobody`() async {
    await bench.createEmailService()
    let wrong = await bench.createDomain(bench.email + "/domains/other.example", "AzureManaged")
    #expect(wrong.code == "InvalidDomainName")
    #expect(await bench.createDomain(bench.azureDomain, "CustomerManaged").status == 400)
    await bench.createDomain(bench.azureDomain, "AzureManaged")
    let names = bench.azureDomain + "/senderUsernames"
    let list = await bench.send("GET", names).json["value"]
    #expect(list?.arrayValue?.map { $0.text("name") } == ["DoNotReply"])
    let info: JSON = ["properties": ["username": "info"]]
    #expect(await bench.send("PUT", names + "/info", info).status == 400)
    let tracking: JSON = ["properties": ["userEngagementTracking": "Enabled"]]
    #expect(await bench.send("PATCH", bench.azureDomain, tracking).status == 400)
  }

  // MARK: Custom domains

  @Test func `a custom domain is proven record by record`() async {
    await bench.createEmailService()
    let answer = await bench.createDomain(bench.ownDomain, "CustomerManaged")
    let records = answer.json["properties"]?["verificationRecords"]
    #expect(records?["Domain"]?.text("type") == "TXT" && records?["SPF"]?["ttl"] == 3600)
    #expect(await states(bench.ownDomain) == Array(repeating: "NotStarted", count: 5))
    let early = await verify("SPF")
    #expect(early.status == 409 && early.message.contains("Domain"))
    let begun = await verify("domain")
    #expect(begun.status == 202 && begun.response.headers["Location"] != nil)
    #expect(begun.response.headers["Retry-After"] != nil)
    #expect(await states(bench.ownDomain)[0] == "VerificationRequested")
    #expect(await verify("Domain").status == 409)
    bench.bench.clock.advance(.milliseconds(500))
    #expect(await states(bench.ownDomain)[0] == "VerificationInProgress")
    bench.bench.clock.advance(.milliseconds(500))
    #expect(await states(bench.ownDomain)[0] == "Verified")
    #expect(await verify("SPF").status == 202)
    #expect(await verify("everything").status == 400)
  }

  @Test func `the poll of a Location is answered with 202 until the end`() async {
    await bench.createEmailService()
    await bench.createDomain(bench.ownDomain, "CustomerManaged")
    let location = await verify("Domain").response.headers["Location"] ?? ""
    let path = String(location.dropFirst("http://\(TestBench.host)".count))
    let poll = await bench.send("GET", path)
    #expect(poll.status == 202 && poll.response.headers["Location"] == location)
    bench.settle()
    #expect(await bench.send("GET", path).status == 200)
  }

  @Test func `a verification can be cancelled while it is under way`() async {
    await bench.createEmailService()
    await bench.createDomain(bench.ownDomain, "CustomerManaged")
    #expect(await verify("Domain", "cancelVerification").status == 409)
    _ = await verify("Domain")
    #expect(await verify("Domain", "cancelVerification").status == 202)
    #expect(await states(bench.ownDomain)[0] == "CancellationRequested")
    bench.settle()
    #expect(await states(bench.ownDomain)[0] == "NotStarted")
  }

  @Test func `a test says what becomes of a verification`() async {
    await bench.createEmailService()
    await bench.createDomain(bench.ownDomain, "CustomerManaged")
    func order(_ outcome: String) async -> TestBench.Answer {
      await bench.bench.sendUnsigned(
        "POST",
        "/_sandbox/verifications",
        #"{"domain":"mail.example.org","verificationType":"Domain","outcome":"\#(outcome)","#
          + #""errorCode":"DnsRecordNotFound"}"#
      )
    }
    #expect(await order("Maybe").status == 400)
    #expect(await order("VerificationFailed").status == 200)
    _ = await verify("Domain")
    bench.settle()
    let failed = await bench.send("GET", bench.ownDomain).json["properties"]?["verificationStates"]
    #expect(failed?["Domain"]?.text("errorCode") == "DnsRecordNotFound")
    #expect(await order("Pending").status == 200)
    #expect(await verify("Domain").status == 202)
    bench.settle()
    #expect(await states(bench.ownDomain)[0] == "VerificationInProgress")
    #expect(await order("Verified").status == 200)
    #expect(await states(bench.ownDomain)[0] == "Verified")
  }

  // MARK: Linking

  @Test func `a domain is linked once it exists, is verified and keeps data in the same place`()
    async
  {
    await bench.createService()
    await bench.createEmailService()
    func refusal(_ domain: String) async -> String {
      let answer = await bench.link([domain])
      #expect(answer.status == 400 && answer.code == "InvalidLinkedDomains")
      return answer.message
    }
    #expect(await refusal(bench.azureDomain).contains("does not exist"))
    await bench.createDomain(bench.ownDomain, "CustomerManaged")
    #expect(await refusal(bench.ownDomain).contains("is not verified"))
    await verifyAll()
    await bench.createDomain(bench.azureDomain, "AzureManaged")
    let answer = await bench.link([bench.azureDomain, bench.ownDomain])
    #expect(answer.status == 200)
    let links = answer.json["properties"]?["linkedDomains"]
    #expect(links == [.string(bench.azureDomain), .string(bench.ownDomain)])
    let europe = ManagementBench()
    await europe.createService("Europe")
    await europe.createEmailService()
    await europe.createDomain(europe.azureDomain, "AzureManaged")
    #expect(await europe.link([europe.azureDomain]).message.contains("'unitedstates'"))
  }

  @Test func `no mail leaves before a domain is linked, and none after it was unlinked`()
    async throws
  {
    await bench.createService()
    await bench.createEmailService()
    let domain = await bench.createDomain(bench.azureDomain, "AzureManaged")
    let name = domain.json["properties"]?.text("fromSenderDomain") ?? ""
    let directory = bench.bench.sandbox.resources
    let service = try #require(directory.resource(ResourcePath(bench.service)))
    #expect(directory.linkedDomain(name, of: service) == nil)
    #expect(await bench.link([bench.azureDomain]).status == 200)
    #expect(directory.linkedDomain(name, of: service)?.hasSender("donotreply") == true)
    #expect(directory.linkedDomain(name, of: bench.bench.sandbox.resource) == nil)
    #expect(await bench.link([]).status == 200)
    #expect(directory.linkedDomain(name, of: service) == nil)
  }

  @Test func `a linked domain is unlinked before it, or its service, is deleted`() async {
    await bench.createService()
    await bench.createEmailService()
    await bench.createDomain(bench.azureDomain, "AzureManaged")
    _ = await bench.link([bench.azureDomain])
    #expect(await bench.send("DELETE", bench.azureDomain).status == 409)
    #expect(await bench.send("DELETE", bench.email).message.contains("unlink"))
    _ = await bench.link([])
    #expect(await bench.send("DELETE", bench.email).status == 202)
    bench.settle()
    #expect(await bench.send("GET", bench.azureDomain).status == 404)
    #expect(await bench.send("GET", bench.email).status == 404)
  }

  // MARK: Parents, senders, suppression

  @Test func `whatever has no parent is not made`() async {
    let orphan = await bench.createDomain(bench.azureDomain, "AzureManaged")
    #expect(orphan.status == 404 && orphan.code == "ParentResourceNotFound")
    await bench.createEmailService()
    let sender: JSON = ["properties": ["username": "info"]]
    let path = bench.ownDomain + "/senderUsernames/info"
    #expect(await bench.send("PUT", path, sender).code == "ParentResourceNotFound")
    await bench.createDomain(bench.ownDomain, "CustomerManaged")
    let address = bench.ownDomain + "/suppressionLists/info/suppressionListAddresses/1"
    let body: JSON = ["properties": ["email": "a@example.org"]]
    #expect(await bench.send("PUT", address, body).code == "ParentResourceNotFound")
  }

  @Test func `senders are added, shown and removed`() async {
    await bench.createEmailService()
    await bench.createDomain(bench.ownDomain, "CustomerManaged")
    let path = bench.ownDomain + "/senderUsernames/info"
    let body: JSON = ["properties": ["username": "info", "displayName": "Contoso info"]]
    let made = await bench.send("PUT", path, body)
    #expect(made.status == 201)
    #expect(made.json["properties"]?.text("displayName") == "Contoso info")
    #expect(await bench.send("PUT", path, body).status == 200)
    let other: JSON = ["properties": ["username": "sales"]]
    #expect(await bench.send("PUT", path, other).status == 400)
    #expect(await bench.send("DELETE", path).status == 200)
    #expect(await bench.send("DELETE", path).status == 204)
    #expect(await bench.send("GET", path).code == "ResourceNotFound")
  }

  @Test func `an address on a suppression list gets no mail from its sender`() async throws {
    await bench.createEmailService()
    await bench.createDomain(bench.ownDomain, "CustomerManaged")
    let lists = bench.ownDomain + "/suppressionLists"
    let stranger: JSON = ["properties": ["listName": "nobody"]]
    #expect(await bench.send("PUT", lists + "/one", stranger).status == 400)
    let list: JSON = ["properties": ["listName": "DoNotReply"]]
    #expect(await bench.send("PUT", lists + "/one", list).status == 201)
    let addresses = lists + "/one/suppressionListAddresses"
    let body: JSON = ["properties": ["email": "Ana@example.org", "notes": "asked"]]
    #expect(await bench.send("PUT", addresses + "/1", body).status == 201)
    let shown = await bench.send("GET", addresses).json["value"]?[0]
    #expect(shown?["properties"]?.text("notes") == "asked")
    let path = ResourcePath(bench.ownDomain)
    let domain = bench.bench.sandbox.resources.content.read { $0.domains[path] }
    #expect(try #require(domain).suppresses("ana@example.org", from: "donotreply"))
    #expect(try !#require(domain).suppresses("ana@example.org", from: "info"))
    #expect(await bench.send("DELETE", addresses + "/1").status == 200)
    #expect(await bench.send("DELETE", lists + "/one").status == 200)
    #expect(await bench.send("GET", lists).json["value"]?.arrayValue?.isEmpty == true)
  }
}
