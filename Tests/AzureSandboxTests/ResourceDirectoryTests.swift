import Crypto
import HTTPMessages
import OrderedJSON
import Seams
import Testing

@testable import AzureSandbox

struct ResourceDirectoryTests {
  private let bench = TestBench()

  /// A second resource, `contoso`.
  private func addContoso() -> SandboxResource {
    let path = ResourcePath(
      subscription: bench.sandbox.tenant.subscriptionID,
      group: "g",
      provider: "Microsoft.Communication",
      ("communicationServices", "Contoso")
    )
    let resource = SandboxResource(path, in: .unitedStates, from: SystemEntropy())
    bench.sandbox.resources.add(resource)
    return resource
  }

  private func createUser(_ resource: SandboxResource?, host: String) async -> TestBench.Answer {
    let body = #"{"createTokenWithScopes":["chat"]}"#
    let target = "/identities" + TestBench.version
    return await bench.send("POST", target, body, as: resource, host: host)
  }

  @Test(arguments: [
    "contoso.unitedstates.communication.azure.com",
    "Contoso.UnitedStates.communication.azure.com:7080",
    "contoso.localhost:7080",
  ])
  func `a host name finds its resource and takes its keys alone`(_ host: String) async {
    let contoso = addContoso()
    let answer = await createUser(contoso, host: host)
    #expect(answer.json["identity"]?.text("id").hasPrefix("8:acs:\(contoso.id)_") == true)
    #expect(await createUser(nil, host: host).status == 401)
  }

  @Test func `at a loopback address the key says which resource is meant`() async {
    let contoso = addContoso()
    let answer = await createUser(contoso, host: TestBench.host)
    #expect(answer.json["identity"]?.text("id").hasPrefix("8:acs:\(contoso.id)_") == true)
    let first = await createUser(nil, host: TestBench.host)
    let id = bench.sandbox.resource.id
    #expect(first.json["identity"]?.text("id").hasPrefix("8:acs:\(id)_") == true)
  }

  @Test func `users of one resource are not owned by another`() async {
    let contoso = addContoso()
    let id = await createUser(contoso, host: TestBench.host).json["identity"]?.text("id") ?? ""
    #expect(await bench.issueToken(id).code == "IdentityNotOwned")
    let target = "/identities/\(id)" + TestBench.version
    #expect(await bench.send("DELETE", target, as: contoso).status == 204)
  }

  @Test func `a new key ends signatures and user tokens of the old one alone`() async {
    let contoso = addContoso()
    let scopes = #"{"createTokenWithScopes":["chat"]}"#
    let target = "/identities" + TestBench.version
    var tokens: [String] = []
    for index in 0...1 {
      let answer = await bench.send("POST", target, scopes, keyIndex: index, as: contoso)
      tokens.append(answer.json["accessToken"]?.text("token") ?? "")
    }
    bench.sandbox.resources.change(contoso.path) {
      $0.keys.regenerate(.primary, from: SystemEntropy())
    }
    #expect(await bench.state(of: tokens[0]) == "revoked")
    #expect(await bench.state(of: tokens[1]) == "active")
    #expect(await bench.send("POST", target, as: contoso).status == 401)
    #expect(await bench.send("POST", target, keyIndex: 1, as: contoso).status == 201)
    let now = bench.sandbox.resources.resource(contoso.path)
    #expect(await bench.send("POST", target, as: now).status == 201)
  }

  @Test func `a domain is found once it is verified and linked`() {
    let resource = bench.sandbox.resource
    let path = ResourcePath("/subscriptions/s/resourceGroups/g/x/domains/example.org")
    var domain = EmailDomain(
      path,
      .azure,
      in: .unitedStates,
      senderDomain: "example.org",
      frame: resource.frame
    )
    let directory = bench.sandbox.resources
    directory.put(domain)
    #expect(directory.linkedDomain("example.org", of: resource) == nil)
    directory.change(resource.path) { $0.linkedDomains = [path] }
    #expect(directory.linkedDomain("Example.ORG", of: resource)?.hasSender("DoNotReply") == true)
    domain.verifications[.spf] = DomainVerification()
    directory.put(domain)
    #expect(directory.linkedDomain("example.org", of: resource) == nil)
  }

  @Test func `state survives a start, and ids do not come again`() async {
    let storage = MemoryStorage()
    let first = TestBench(storage: storage)
    let id = await first.createUser()
    let token = await first.issueToken(id).json.text("token")
    let second = TestBench(storage: storage) { $0.seed = nil }
    #expect(second.sandbox.resource.keys == first.sandbox.resource.keys)
    #expect(second.sandbox.tenant.clientSecret == first.sandbox.tenant.clientSecret)
    #expect(await second.state(of: token) == "active")
    #expect(await second.issueToken(id).status == 200)
    #expect(await second.createUser() != id)
  }
}
