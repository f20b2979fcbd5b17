import HTTPMessages
import OrderedJSON
import Timekeeping

@testable import AzureSandbox

/// A sandbox with a client that manages resources.
struct ManagementBench {
  let bench: TestBench
  let group: String
  static let version = "2025-09-01"

  init(
    storage: (any StateStorage)? = nil,
    _ configure: (inout SandboxConfiguration) -> Void = { _ in }
  ) {
    bench = TestBench(storage: storage) { configure(&$0) }
    group = "/subscriptions/\(bench.sandbox.tenant.subscriptionID)/resourceGroups/flows-dev"
  }

  var provider: String { group + "/providers/Microsoft.Communication" }
  var service: String { provider + "/communicationServices/contoso" }
  var email: String { provider + "/emailServices/contoso-mail" }
  var azureDomain: String { email + "/domains/AzureManagedDomain" }
  var ownDomain: String { email + "/domains/mail.example.org" }

  /// The path of a user-assigned identity.
  func identity(_ name: String) -> String {
    "\(group)/providers/Microsoft.ManagedIdentity/userAssignedIdentities/\(name)"
  }

  // MARK: Requests

  /// Sends a request as the sandbox's application, or as somebody else.
  func send(
    _ method: String,
    _ path: String,
    _ body: JSON? = nil,
    version: String? = nil,
    token: String? = nil,
    headers: HTTPFields = HTTPFields(),
    host: String = TestBench.host
  ) async -> TestBench.Answer {
    let version = version ?? Self.version(for: path)
    let target = path.contains("?") ? path : "\(path)?api-version=\(version)"
    var request = bench.request(method, target, body?.text ?? "", host: host)
    let bearer = if let token { token } else { await managementToken() }
    request.headers["Authorization"] = "Bearer \(bearer)"
    for field in headers.fields { request.headers.append(field.name, field.value) }
    return TestBench.Answer(await bench.sandbox.handle(request))
  }

  private static func version(for path: String) -> String {
    if path.contains("Microsoft.Authorization") { return "2022-04-01" }
    if path.contains("Microsoft.ManagedIdentity") { return "2023-01-31" }
    return path.contains("Microsoft.Communication") ? version : "2021-04-01"
  }

  func managementToken() async -> String { await token(for: "https://management.azure.com/") }

  /// A token of the machine, or of the identity that a query selects.
  func token(for resource: String, selecting query: String = "") async -> String {
    let target =
      "/metadata/identity/oauth2/token?api-version=2018-02-01&resource="
      + PercentEncoding.encode(resource) + query
    var request = bench.request("GET", target, "")
    request.headers["Metadata"] = "true"
    return TestBench.Answer(await bench.sandbox.handle(request)).json.text("access_token")
  }

  /// Lets every operation that is under way come to its end.
  func settle() { bench.clock.advance(.seconds(2)) }

  // MARK: Frequent resources

  @discardableResult
  func createService(_ location: String = "United States") async -> TestBench.Answer {
    let answer = await send("PUT", service, Self.body(["dataLocation": .string(location)]))
    settle()
    return answer
  }

  @discardableResult
  func createEmailService(_ location: String = "unitedstates") async -> TestBench.Answer {
    let answer = await send("PUT", email, Self.body(["dataLocation": .string(location)]))
    settle()
    return answer
  }

  @discardableResult
  func createDomain(_ path: String, _ management: String) async -> TestBench.Answer {
    let answer = await send("PUT", path, Self.body(["domainManagement": .string(management)]))
    settle()
    return answer
  }

  @discardableResult
  func createIdentity(_ name: String) async -> JSON {
    await send("PUT", identity(name), ["location": "westeurope"]).json["properties"] ?? .null
  }

  func link(_ domains: [String]) async -> TestBench.Answer {
    let list = JSON.array(domains.map(JSON.string))
    return await send("PATCH", service, ["properties": ["linkedDomains": list]])
  }

  static func body(_ properties: JSON) -> JSON {
    ["location": "global", "properties": properties]
  }
}
