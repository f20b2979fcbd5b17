import HTTPMessages
import OrderedJSON
import Testing

@testable import AzureSandbox

struct TeamsExtensionTests {
  private let bench = TestBench()
  private static let version = "?api-version=2025-06-30"

  private func path(_ tenant: String, _ object: String) -> String {
    "/access/teamsExtension/tenants/\(tenant)/assignments/\(object)" + Self.version
  }

  private func signIn(_ body: String = "{}") async -> JSON {
    await bench.sendUnsigned("POST", "/_sandbox/teams-users", body).json
  }

  private func exchange(_ token: String) async -> TestBench.Answer {
    let target = "/access/teamsExtension/:exchangeAccessToken" + Self.version
    var request = bench.request("POST", target, "{}")
    request.headers["Authorization"] = "Bearer \(token)"
    return TestBench.Answer(await bench.sandbox.handle(request))
  }

  private func assign(_ user: JSON, _ body: JSON) async -> TestBench.Answer {
    await bench.send("PUT", path(user.text("tenantId"), user.text("userId")), body.text)
  }

  @Test func `an assignment is made, shown, replaced and taken away`() async {
    let user = await signIn()
    let target = path(user.text("tenantId"), user.text("userId"))
    #expect(await bench.send("GET", target).status == 404)
    let made = await assign(user, ["principalType": "user", "clientIds": ["a"]])
    #expect(made.status == 201)
    #expect(
      made.json == [
        "objectId": user["userId"] ?? .null, "tenantId": user["tenantId"] ?? .null,
        "principalType": "user", "clientIds": ["a"],
      ]
    )
    let replaced = await assign(user, ["principalType": "resourceAccount"])
    #expect(replaced.status == 200 && replaced.json["clientIds"] == nil)
    #expect(await bench.send("GET", target.uppercasedPath).json == replaced.json)
    #expect(await bench.send("DELETE", target).status == 204)
    #expect(await bench.send("DELETE", target).status == 204)
    #expect(await bench.send("GET", target).status == 404)
  }

  @Test func `a user who is assigned exchanges the token of the sign-in`() async throws {
    let user = await signIn()
    _ = await assign(user, ["principalType": "user", "clientIds": [user["appId"] ?? .null]])
    let answer = await exchange(user.text("token"))
    #expect(answer.status == 200)
    #expect(answer.json["identity"]?.text("id") == "8:orgid:" + user.text("userId"))
    let token = answer.json["accessToken"]
    #expect(token?.text("expiresOn") == user.text("expiresOn"))
    #expect(token?.text("token").split(separator: ".").count == 3)
    bench.clock.advance(.seconds(3600))
    #expect(await exchange(user.text("token")).status == 401)
  }

  @Test func `nobody else does`() async {
    let user = await signIn()
    #expect(await exchange(user.text("token")).status == 401)
    _ = await assign(user, ["principalType": "user", "clientIds": ["another"]])
    let refused = await exchange(user.text("token"))
    #expect(refused.status == 401 && refused.code == "Denied")
    #expect(refused.response.headers["x-weir-sandbox-reason"]?.contains("not assigned") == true)
    #expect(await exchange("unknown").status == 401)
    let tenant = "5a0c3d52-8a41-4b0e-9a3d-5b7f1c2e4d60"
    let foreign = await signIn(#"{"tenantId":"\#(tenant)","userId":"\#(user.text("userId"))"}"#)
    #expect(foreign.text("tenantId") == tenant)
    #expect(await exchange(foreign.text("token")).status == 401)
  }

  @Test(arguments: [
    (#"{}"#, "PrincipalType"), (#"{"principalType":"group"}"#, "PrincipalType"),
    (#"{"principalType":"user","clientIds":"a"}"#, "ClientIds"),
    (#"{"principalType":"user","clientIds":[1]}"#, "ClientIds"),
  ])
  func `what is no assignment is refused`(_ body: String, _ member: String) async {
    let id = "3d0f7c52-8a41-4b0e-9a3d-5b7f1c2e4d60"
    let answer = await bench.send("PUT", path(id, id), body)
    #expect(answer.status == 400 && answer.code == "ValidationError")
    #expect(answer.message.hasPrefix(member))
    let named = await bench.send("PUT", path("contoso", id), #"{"principalType":"user"}"#)
    #expect(named.status == 400 && named.message.hasPrefix("tenantId"))
  }
}

extension String {
  /// The same target with ids in the other case.
  fileprivate var uppercasedPath: String {
    let parts = split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    return parts.map { $0.count >= 36 && !$0.contains("?") ? $0.uppercased() : $0 }
      .joined(separator: "/")
  }
}
