import Connectors
import Definitions
import Diagnostics
import HTTPMessages
import Testing
import Timekeeping

struct OAuthFlowTests {
  private let client = OAuthClient(
    id: "app 1",
    secret: "s&cret",
    redirectURL: "https://me.example/cb"
  )

  private func flow(
    _ provider: String,
    _ settings: [String: String],
    scopes: [String] = ["a", "b c"],
    signIn: [String: String] = [:]
  ) throws -> OAuthFlow {
    try OAuthFlow(
      settings: OAuthSettings(identityProvider: provider, scopes: scopes, settings: settings),
      signIn: signIn,
      client: client
    )
  }

  private let plain = [
    "authorizationurl": "https://id.example/auth?x=1", "tokenurl": "https://id.example/token",
    "refreshurl": "",
  ]

  @Test func `the standard flow asks for a code and exchanges it`() throws {
    let flow = try flow("oauth2", plain)
    #expect(
      flow.authorizationURL(state: "s t")
        == "https://id.example/auth?x=1&client_id=app%201&response_type=code"
        + "&redirect_uri=https%3A%2F%2Fme.example%2Fcb&scope=a%20b%20c&state=s%20t"
    )
    let request = try flow.tokenRequest(code: "c/1")
    #expect(request.url == "https://id.example/token" && request.method == "POST")
    #expect(
      String(decoding: request.body, as: UTF8.self)
        == "code=c%2F1&grant_type=authorization_code&redirect_uri=https%3A%2F%2Fme.example%2Fcb"
        + "&client_id=app%201&client_secret=s%26cret"
    )
    let refresh = try flow.refreshRequest(refreshToken: "r")
    #expect(refresh.url == "https://id.example/token")
    #expect(String(decoding: refresh.body, as: UTF8.self).hasPrefix("refresh_token=r&grant_type="))
  }

  @Test func `the secret may go into the header instead`() throws {
    let flow = try flow("oauth2", plain)
    let request = try flow.tokenRequest(code: "c", authentication: .basic)
    #expect(
      request.headers["Authorization"] == "Basic " + Base64.encode(Array("app+1:s%26cret".utf8))
    )
    #expect(!String(decoding: request.body, as: UTF8.self).contains("client_"))
    let refusal = HTTPResponse(status: 401, body: Array(#"{"error": "invalid_client"}"#.utf8))
    #expect(OAuthFlow.wantsBasic(refusal))
  }

  @Test func `directory sign-ins use the tenant and the resource`() throws {
    let settings = ["loginuri": "https://login.windows.net/", "resourceuri": "https://r.example/"]
    let flow = try flow("aad", settings, signIn: ["token:TenantId": "t1"])
    let url = flow.authorizationURL(state: "s")
    #expect(url.hasPrefix("https://login.microsoftonline.com/t1/oauth2/v2.0/authorize?client_id="))
    #expect(url.contains("scope=https%3A%2F%2Fr.example%2F.default%20offline_access"))
    let request = try flow.clientCredentialsRequest()
    let body = String(decoding: request.body, as: UTF8.self)
    #expect(body.hasSuffix("scope=https%3A%2F%2Fr.example%2F.default"))
    #expect(try self.flow("aad", [:]).authorizationURL(state: "").contains("/common/oauth2/"))
  }

  @Test func `templates are filled, encoded but for hosts`() throws {
    let flow = try flow(
      "oauth2generic",
      [
        "authorizationurltemplate": "https://{Site}.example/auth",
        "authorizationurlquerystringtemplate": "?c={clientid}&s={STATE}&sc={Scopes}",
        "tokenurltemplate": "{Server}/token", "scopelistdelimiter": ",",
        "refreshbodytemplate": "rt={RefreshToken}",
      ],
      signIn: ["token:Site": "eu.x", "token:server": "https://own.example/base"]
    )
    #expect(
      flow.authorizationURL(state: "1")
        == "https://eu.x.example/auth?c=app%201&s=1&sc=a%2Cb%20c"
    )
    #expect(try flow.tokenRequest(code: "c").url == "https://own.example/base/token")
    let refresh = try flow.refreshRequest(refreshToken: "r&")
    #expect(String(decoding: refresh.body, as: UTF8.self) == "rt=r%26")
  }

  @Test func `missing and unsafe addresses are refused`() throws {
    #expect(throws: Diagnostic.self) { try flow("oauth2", [:]) }
    var settings = plain
    settings["tokenurl"] = "http://id.example/token"
    let unsafe = try flow("oauth2", settings)
    #expect(throws: Diagnostic.self) { try unsafe.tokenRequest(code: "c") }
    settings["tokenurl"] = "http://127.0.0.1:7080/token"
    #expect(try flow("oauth2", settings).tokenRequest(code: "c").scheme == "http")
  }

  @Test func `answers of token endpoints are read`() throws {
    let now = Timestamp(seconds: 100)
    let json = HTTPResponse(
      status: 200,
      body: Array(#"{"access_token": "t", "refresh_token": "r", "expires_in": "60"}"#.utf8)
    )
    #expect(
      try OAuthTokens(json, now: now)
        == OAuthTokens(accessToken: "t", refreshToken: "r", expires: Timestamp(seconds: 160))
    )
    let form = HTTPResponse(status: 200, body: Array("access_token=t%2F&scope=x".utf8))
    #expect(try OAuthTokens(form, now: now).accessToken == "t/")
  }

  @Test func `a refusal shows the code and nothing else`() {
    let response = HTTPResponse(
      status: 400,
      body: Array(#"{"error": "invalid_grant", "error_description": "code s3cret"}"#.utf8)
    )
    do throws(Diagnostic) {
      _ = try OAuthTokens(response, now: Timestamp(seconds: 0))
      Issue.record("no refusal")
    } catch {
      #expect(error.message == "the identity provider refused with status 400 'invalid_grant'")
      #expect(!"\(error)".contains("s3cret"))
    }
  }
}
