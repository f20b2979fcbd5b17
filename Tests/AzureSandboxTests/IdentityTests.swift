import AzureSandbox
import Crypto
import HTTPMessages
import OrderedJSON
import Testing
import Timekeeping

struct IdentityTests {
  private let bench = TestBench()

  @Test func `creating a user returns its id and no token`() async {
    let answer = await bench.send("POST", "/identities" + TestBench.version)
    #expect(answer.status == 201)
    let id = answer.json["identity"]?.text("id") ?? ""
    #expect(id.hasPrefix("8:acs:\(bench.sandbox.resource.id)_"))
    #expect(id.count == 79)
    #expect(answer.json.objectValue?.count == 1)
  }

  @Test(
    arguments: [
      "2021-03-07", "2022-06-01", "2022-10-01", "2023-08-01", "2023-10-01", "2025-03-02-preview",
      "2025-04-01-preview", "2025-06-30", "2026-07-22",
    ]
  )
  func `every version has the five basic operations`(_ version: String) async {
    let query = "?api-version=" + version
    let body = #"{"createTokenWithScopes":["chat","voip"]}"#
    let created = await bench.send("POST", "/identities" + query, body)
    #expect(created.status == 201)
    #expect(created.json["accessToken"]?.text("token").isEmpty == false)
    let path = "/identities/" + (created.json["identity"]?.text("id") ?? "")
    let scopes = #"{"scopes":["voip"]}"#
    #expect(await bench.send("POST", path + "/:issueAccessToken" + query, scopes).status == 200)
    #expect(await bench.send("POST", path + "/:revokeAccessTokens" + query).status == 204)
    #expect(await bench.send("DELETE", path + query).status == 204)
  }

  @Test func `a token ends when it was ordered to`() async {
    let body = #"{"createTokenWithScopes":["chat"],"expiresInMinutes":60}"#
    let answer = await bench.send("POST", "/identities" + TestBench.version, body)
    let token = answer.json["accessToken"]
    #expect(token?.text("expiresOn") == "2026-03-02T09:09:10.0000000+00:00")
    let life = await bench.issueToken(answer.json["identity"]?.text("id") ?? "")
    #expect(life.json.text("expiresOn") == "2026-03-03T08:09:10.0000000+00:00")
    bench.clock.advance(.seconds(3599))
    #expect(await bench.state(of: token?.text("token") ?? "") == "active")
    bench.clock.advance(.seconds(1))
    #expect(await bench.state(of: token?.text("token") ?? "") == "expired")
  }

  @Test(arguments: [SigningKey.Algorithm.rs256, .es256])
  func `a token is a JWT with the service's claims and a mark`(
    _ algorithm: SigningKey.Algorithm
  ) async throws {
    let bench = TestBench { $0.tokenSigning = algorithm }
    let id = await bench.createUser()
    let token = await bench.issueToken(id).json.text("token")
    let parts = token.split(separator: ".").map { Base64.decodeURL($0) ?? [] }
    try #require(parts.count == 3)
    let header = try JSON(parsing: parts[0])
    #expect(header.text("alg") == algorithm.rawValue)
    #expect(header.text("typ") == "JWT")
    let claims = try JSON(parsing: parts[1])
    #expect("8:" + claims.text("skypeid") == id)
    #expect(claims["scp"] == 1792)
    #expect(claims.text("acsScope") == "chat")
    #expect(claims.text("resourceId") == bench.sandbox.resource.id)
    #expect(claims["exp"]?.integerValue == 1_772_525_350)
    #expect(claims["sandbox"] == true)
  }

  @Test(
    arguments: [
      (#"{"createTokenWithScopes":["chat"],"expiresInMinutes":59}"#, "ExpiresInMinutes"),
      (#"{"createTokenWithScopes":["chat"],"expiresInMinutes":1441}"#, "ExpiresInMinutes"),
      (#"{"createTokenWithScopes":["chat"],"expiresInMinutes":"60"}"#, "ExpiresInMinutes"),
      (#"{"createTokenWithScopes":["chat"],"expiresInMinutes":60.5}"#, "ExpiresInMinutes"),
      (#"{"expiresInMinutes":5}"#, "ExpiresInMinutes"),
      (#"{"createTokenWithScopes":["Chat"]}"#, "Scopes"),
      (#"{"createTokenWithScopes":"chat"}"#, "Scopes"),
      (#"{"createTokenWithScopes":[1]}"#, "Scopes"),
      ("[]", "JSON object"), ("{", "JSON"), ("\u{FFFD}", "JSON"),
      (String(repeating: "[", count: 100_000), "JSON"),
    ]
  )
  func `a body that breaks the rules gets 400`(_ body: String, _ culprit: String) async {
    let answer = await bench.send("POST", "/identities" + TestBench.version, body)
    #expect(answer.status == 400)
    #expect(answer.code == "ValidationError")
    #expect(answer.message.contains(culprit))
  }

  @Test(arguments: ["", "{}", #"{"scopes":[]}"#, #"{"scopes":null}"#])
  func `issuing needs a scope`(_ body: String) async {
    let target = "/identities/\(await bench.createUser())/:issueAccessToken" + TestBench.version
    let answer = await bench.send("POST", target, body)
    #expect(answer.status == 400)
    #expect(answer.code == "ValidationError")
  }

  @Test func `scopes and lifetimes count from the version that brought them`() async {
    let body = #"{"createTokenWithScopes":["voip.join"]}"#
    #expect(await bench.send("POST", "/identities?api-version=2021-03-07", body).status == 400)
    #expect(await bench.send("POST", "/identities" + TestBench.version, body).status == 201)
    let life = #"{"createTokenWithScopes":["chat"],"expiresInMinutes":60}"#
    let old = await bench.send("POST", "/identities?api-version=2021-03-07", life)
    #expect(old.json["accessToken"]?.text("expiresOn") == "2026-03-03T08:09:10.0000000+00:00")
  }

  @Test(arguments: ["DELETE", "issue", "revoke"])
  func `an id of another resource, unknown or malformed is not owned`(_ operation: String) async {
    let own = bench.sandbox.resource.id
    let ids = [
      "8:acs:00000000-0000-4000-8000-000000000000_0000002a-1b2c-3d4e-5f60-718293a4b5c6",
      "8:acs:\(own)_0000002a-1b2c-3d4e-5f60-718293a4b5c6", "8:acs:\(own)_", "8:acs:\(own)", "x",
      "8:acs:\(own)_0000002a-1b2c-3d4e-5f60-718293a4b5c6f", "%F0%9F%90%8E", "%00",
    ]
    for id in ids {
      let path = "/identities/" + id
      let answer =
        switch operation {
        case "issue": await bench.issueToken(id)
        case "revoke": await bench.send("POST", path + "/:revokeAccessTokens" + TestBench.version)
        default: await bench.send("DELETE", path + TestBench.version)
        }
      #expect(answer.status == 401)
      #expect(answer.code == "IdentityNotOwned")
    }
  }

  @Test func `an id may be encoded or literal`() async {
    let id = await bench.createUser()
    let encoded = PercentEncoding.encode(id)
    #expect(await bench.issueToken(encoded).status == 200)
    #expect(await bench.issueToken(id).status == 200)
  }

  @Test func `revoking ends every token issued before and none issued later`() async {
    let id = await bench.createUser()
    let first = await bench.issueToken(id).json.text("token")
    let target = "/identities/\(id)/:revokeAccessTokens" + TestBench.version
    #expect(await bench.send("POST", target).status == 204)
    #expect(await bench.state(of: first) == "revoked")
    bench.clock.advance(.milliseconds(1))
    let second = await bench.issueToken(id).json.text("token")
    #expect(await bench.state(of: second) == "active")
    #expect(await bench.state(of: first) == "revoked")
  }

  @Test func `revocation spreads as slowly as it is told to`() async {
    let bench = TestBench { $0.revocationDelay = .seconds(900) }
    let id = await bench.createUser()
    let token = await bench.issueToken(id).json.text("token")
    _ = await bench.send("POST", "/identities/\(id)/:revokeAccessTokens" + TestBench.version)
    bench.clock.advance(.seconds(899))
    #expect(await bench.state(of: token) == "active")
    bench.clock.advance(.seconds(1))
    #expect(await bench.state(of: token) == "revoked")
  }

  @Test func `deleting ends tokens and may be repeated, and the user is gone`() async {
    let id = await bench.createUser()
    let token = await bench.issueToken(id).json.text("token")
    let target = "/identities/\(id)" + TestBench.version
    #expect(await bench.send("DELETE", target).status == 204)
    #expect(await bench.state(of: token) == "revoked")
    #expect(await bench.send("DELETE", target).status == 204)
    #expect(await bench.issueToken(id).code == "IdentityNotOwned")
  }

  @Test(arguments: ["", "x", "a.b.c"])
  func `a foreign token is told apart`(_ token: String) async {
    #expect(await bench.state(of: token) == "foreign")
  }

  @Test func `previews show a user and keep its custom id`() async {
    let query = "?api-version=2025-03-02-preview"
    let body = #"{"customId":"ana@example.org"}"#
    let id =
      await bench.send("POST", "/identities" + query, body).json["identity"]?.text("id") ?? ""
    let again = await bench.send("POST", "/identities" + query, body).json["identity"]?.text("id")
    #expect(again == id)
    let shown = await bench.send("GET", "/identities/\(id)" + query)
    #expect(shown.json == ["id": .string(id), "customId": "ana@example.org"])
    _ = await bench.issueToken(id)
    let later = await bench.send("GET", "/identities/\(id)" + query)
    #expect(later.json.text("lastTokenIssuedAt") == "2026-03-02T08:09:10.0000000+00:00")
    #expect(await bench.send("GET", "/identities/\(id)" + TestBench.version).status == 405)
  }

  @Test func `a Teams user who has signed in exchanges the token`() async throws {
    let signIn = await bench.sendUnsigned("POST", "/_sandbox/teams-users", "{}").json
    let target = "/teamsUser/:exchangeAccessToken" + TestBench.version
    let answer = await bench.send("POST", target, signIn.text)
    #expect(answer.status == 200)
    #expect(answer.json.text("expiresOn") == signIn.text("expiresOn"))
    let part = answer.json.text("token").split(separator: ".").dropFirst().first
    let claims = try JSON(parsing: Base64.decodeURL(part ?? "") ?? [])
    #expect(claims.text("skypeid") == "orgid:" + signIn.text("userId"))
    var other = try #require(signIn.objectValue)
    other["appId"] = "another"
    #expect(await bench.send("POST", target, JSON.object(other).text).status == 401)
    bench.clock.advance(.seconds(3600))
    #expect(await bench.send("POST", target, signIn.text).status == 401)
    let malformed = #"{"userId":7}"#
    #expect(await bench.sendUnsigned("POST", "/_sandbox/teams-users", malformed).status == 400)
  }

  @Test func `the exchange of Teams tokens is checked and denied`() async {
    let target = "/teamsUser/:exchangeAccessToken" + TestBench.version
    let incomplete = await bench.send("POST", target, #"{"token":"t","appId":"a"}"#)
    #expect(incomplete.message.contains("userId"))
    let answer = await bench.send("POST", target, #"{"token":"t","appId":"a","userId":"u"}"#)
    #expect(answer.status == 401)
    #expect(answer.code == "Denied")
  }
}
