import Crypto
import Fixtures
import HTTPMessages
import OrderedJSON
import Seams
import Testing
import Timekeeping

@testable import AzureSandbox

struct TokenServiceTests {
  private let bench = TestBench()
  private var tenant: SandboxTenant { bench.sandbox.tenant }

  // MARK: Requests

  struct Case: Sendable, CustomTestStringConvertible {
    let value: JSON
    var testDescription: String { value.text("name") }
  }

  private func token(
    _ form: [(String, String)],
    tenant name: String? = nil
  ) async -> TestBench.Answer {
    let body = form.map { "\($0)=\(PercentEncoding.encode($1))" }.joined(separator: "&")
    let target = "/\(name ?? tenant.id)/oauth2/v2.0/token"
    return await bench.sendUnsigned("POST", target, body)
  }

  private func bearer(_ scope: String = "https://communication.azure.com/.default") async -> String
  {
    await token([
      ("grant_type", "client_credentials"), ("client_id", tenant.clientID),
      ("client_secret", tenant.clientSecret), ("scope", scope),
    ]).json.text("access_token")
  }

  private func get(_ target: String, _ headers: HTTPFields = [:], on other: TestBench? = nil)
    async -> TestBench.Answer
  {
    let bench = other ?? bench
    var request = bench.request("GET", target, "")
    for field in headers.fields { request.headers.append(field.name, field.value) }
    return TestBench.Answer(await bench.sandbox.handle(request))
  }

  private func createUser(_ token: String, on other: TestBench? = nil) async -> TestBench.Answer {
    let bench = other ?? bench
    var request = bench.request("POST", "/identities" + TestBench.version, "")
    request.headers["Authorization"] = "Bearer \(token)"
    return TestBench.Answer(await bench.sandbox.handle(request))
  }

  // MARK: Identity provider

  @Test(arguments: try Fixtures.json("AzureSandboxTests/Data/token-requests.json").arrayValue ?? [])
  func `the token endpoint answers as the provider does`(_ row: JSON) async {
    let tenant = tenant
    let form = (row["form"]?.objectValue?.members ?? []).map { member in
      switch member.value.stringValue ?? "" {
      case "$client": (member.key, tenant.clientID)
      case "$secret": (member.key, tenant.clientSecret)
      case let text: (member.key, text)
      }
    }
    let answer = await token(form, tenant: row["tenant"]?.stringValue)
    #expect(answer.status == Int(row["status"]?.integerValue ?? 0))
    #expect(answer.json["error"] == row["error"])
    #expect(answer.json["error_codes"]?[0] == row["number"])
    if answer.status == 200 {
      #expect(answer.json["token_type"] == "Bearer" && answer.json["expires_in"] == 3600)
    }
  }

  @Test func `discovery names the token endpoint and its key`() async {
    let answer = await get("/\(tenant.id)/v2.0/.well-known/openid-configuration")
    let base = "http://\(TestBench.host)/\(tenant.id)"
    #expect(answer.json.text("issuer") == base + "/v2.0")
    #expect(answer.json.text("token_endpoint") == base + "/oauth2/v2.0/token")
    let keys = await get("/\(tenant.id)/discovery/v2.0/keys").json["keys"]?[0]
    #expect(keys?.text("kty") == "EC" && keys?.text("x").isEmpty == false)
  }

  // MARK: Managed identities

  @Test func `the metadata service wants its header`() async {
    let target = "/metadata/identity/oauth2/token?api-version=2018-02-01&resource="
    let resource = PercentEncoding.encode("https://communication.azure.com/")
    let refused = await get(target + resource)
    #expect(refused.status == 400 && refused.json["error"] == "bad_request_102")
    let answer = await get(target + resource, ["Metadata": "true"])
    #expect(answer.status == 200 && answer.json["expires_in"] == "3600")
    #expect(await createUser(answer.json.text("access_token")).status == 201)
    let unknown = await get(target + "x", ["Metadata": "true"])
    #expect(unknown.json["error"] == "invalid_resource")
    let foreign = await get(target + resource + "&client_id=x", ["Metadata": "true"])
    #expect(foreign.json["error_description"] == "Identity not found")
    let two = await get(target + resource + "&client_id=x&object_id=y", ["Metadata": "true"])
    #expect(two.status == 400)
  }

  @Test func `App Service wants the platform's header`() async {
    let target =
      "/msi/token?api-version=2019-08-01&resource="
      + PercentEncoding.encode("https://communication.azure.com")
    #expect(await get(target).status == 401)
    #expect(await get(target, ["X-IDENTITY-HEADER": "no"]).status == 401)
    let answer = await get(target, ["X-IDENTITY-HEADER": tenant.identityHeader])
    #expect(answer.status == 200 && answer.json["expires_in"] == nil)
    #expect(answer.json.text("client_id") == tenant.clientID)
    #expect(await createUser(answer.json.text("access_token")).status == 201)
  }

  @Test func `the older endpoint of App Service writes the end of a token as a date`() async {
    let target =
      "/msi/token?api-version=2017-09-01&resource="
      + PercentEncoding.encode("https://communication.azure.com")
    #expect(await get(target, ["X-IDENTITY-HEADER": tenant.identityHeader]).status == 401)
    let headers: HTTPFields = ["secret": tenant.identityHeader]
    let answer = await get(target, headers)
    #expect(answer.json.text("expires_on") == "3/2/2026 9:09:10 AM +00:00")
    #expect(answer.json["client_id"] == nil)
    #expect(await createUser(answer.json.text("access_token")).status == 201)
    #expect(await get(target + "&clientid=nobody", headers).status == 400)
  }

  // MARK: Services

  @Test(arguments: [
    "https://communication.azure.com/.default", "https://communication.azure.com//.default",
  ])
  func `a token opens the service with and without the slash`(_ scope: String) async {
    #expect(await createUser(await bearer(scope)).status == 201)
  }

  @Test func `a token for another audience is refused`() async {
    let answer = await createUser(await bearer("https://management.azure.com/.default"))
    #expect(answer.status == 401 && answer.code == "Denied")
    #expect(bench.logged.last?.fields.contains { $0.value.contains("audience") } == true)
  }

  @Test func `a token is refused when it has expired or was changed`() async {
    let token = await bearer()
    bench.clock.advance(.seconds(3599))
    #expect(await createUser(token).status == 201)
    #expect(await createUser(String(token.dropLast(2)) + "AA").status == 401)
    bench.clock.advance(.seconds(1))
    #expect(await createUser(token).status == 401)
  }

  @Test(arguments: [401, 403])
  func `without a role a token opens nothing`(_ status: Int) async {
    let bench = TestBench {
      $0.isRoleAssigned = false
      $0.missingRoleStatus = status
    }
    // The same seed makes the same keys.
    let answer = await createUser(await bearer(), on: bench)
    #expect(answer.status == status && answer.code == "Denied")
  }

  @Test func `access keys may be switched off`() async {
    let bench = TestBench { $0.refusesAccessKeys = true }
    #expect(await bench.send("POST", "/identities" + TestBench.version).status == 401)
    #expect(await createUser(await bearer(), on: bench).status == 201)
  }

  @Test func `the settings have the names that Azure's tools read`() {
    let names = bench.sandbox.settings(endpoint: "http://h").map(\.name)
    #expect(
      names == [
        "AZURE_COMMUNICATION_CONNECTION_STRING", "AZURE_AUTHORITY_HOST", "AZURE_TENANT_ID",
        "AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET", "AZURE_SUBSCRIPTION_ID",
        "AZURE_RESOURCE_MANAGER", "AZURE_POD_IDENTITY_AUTHORITY_HOST", "IDENTITY_ENDPOINT",
        "IDENTITY_HEADER",
      ]
    )
  }
}
