import Connectors
import Definitions
import Diagnostics
import Fixtures
import HTTPMessages
import OrderedJSON
import Testing
import Timekeeping

struct TokenRequestTests {
  private let client = EntraClient(
    authority: "https://id.example/",
    tenant: "t 1",
    clientID: "app",
    scope: "https://communication.azure.com/.default"
  )

  @Test func `an application shows its secret in the form`() throws {
    let request = try client.request(.secret("a&b c"))
    #expect(request.url == "https://id.example/t%201/oauth2/v2.0/token")
    #expect(
      String(decoding: request.body, as: UTF8.self)
        == "grant_type=client_credentials&client_id=app"
        + "&scope=https%3A%2F%2Fcommunication.azure.com%2F.default&client_secret=a%26b+c"
    )
  }

  @Test func `a statement goes in the place of the secret`() throws {
    let body = String(decoding: try client.request(.assertion("a.b.c")).body, as: UTF8.self)
    #expect(body.contains("client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3A"))
    #expect(body.hasSuffix("&client_assertion=a.b.c") && !body.contains("client_secret"))
  }

  @Test func `a statement says who asks whom, and lasts ten minutes`() throws {
    let claims = try JSON(
      parsing: client.assertionClaims(id: "id-1", now: Timestamp(seconds: 1_800_000_000))
    )
    #expect(claims["aud"] == "https://id.example/t%201/oauth2/v2.0/token")
    #expect(claims["iss"] == "app" && claims["sub"] == "app" && claims["jti"] == "id-1")
    #expect(claims["nbf"] == 1_800_000_000 && claims["exp"] == 1_800_000_600)
  }

  @Test(arguments: ["http://id.example", "http://192.168.0.1", "ftp://id.example"])
  func `secrets are shown over https only`(_ authority: String) {
    var client = client
    client.authority = authority
    let problem = #expect(throws: Diagnostic.self) { try client.request(.secret("s3cret")) }
    #expect(problem?.code == .insecureEndpoint)
  }

  @Test func `the metadata service is asked with its header`() throws {
    let identity = ManagedIdentity(
      scope: "https://communication.azure.com/.default",
      selector: .objectID("o 1")
    )
    let request = try identity.request(to: .metadata(host: nil))
    #expect(
      request.url
        == "http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01"
        + "&resource=https%3A%2F%2Fcommunication.azure.com&object_id=o%201"
    )
    #expect(request.headers["Metadata"] == "true")
  }

  @Test func `App Service is asked with the platform's header`() throws {
    let settings = ["IDENTITY_ENDPOINT": "http://127.0.0.1:41/msi/token", "IDENTITY_HEADER": "h"]
    let identity = ManagedIdentity(scope: "https://a.example//.default", selector: .objectID("o"))
    let request = try identity.request(to: ManagedIdentity.endpoint { settings[$0] })
    #expect(
      request.url
        == "http://127.0.0.1:41/msi/token?api-version=2019-08-01"
        + "&resource=https%3A%2F%2Fa.example%2F&principal_id=o"
    )
    #expect(request.headers["X-IDENTITY-HEADER"] == "h")
  }

  @Test func `an end in seconds is measured on the service's clock`() throws {
    let there = Timestamp(seconds: 1_800_000_000)
    let response = HTTPResponse(
      status: 200,
      headers: ["Date": HTTPDate.text(there)],
      body: Array(#"{"access_token": "t", "expires_on": "1800003600"}"#.utf8)
    )
    let here = there + .seconds(7200)
    #expect(try OAuthTokens(response, now: here).expires == here + .seconds(3600))
  }

  @Test(arguments: [
    HTTPResponse(
      status: 200,
      headers: ["Content-Type": "text/html; charset=utf-8"],
      body: Array("<html>s3cret</html>".utf8)
    ),
    HTTPResponse(status: 502, headers: ["Content-Type": "text/html"], body: Array("s3cret".utf8)),
    HTTPResponse(status: 302, headers: ["Location": "https://elsewhere.example/s3cret"]),
  ])
  func `an answer that is no token answer is explained without repeating it`(
    _ response: HTTPResponse
  ) {
    let problem = #expect(throws: Diagnostic.self) {
      try OAuthTokens(response, now: Timestamp(seconds: 0))
    }
    #expect(problem?.code == .foreignTokenAnswer)
    #expect(problem?.message.contains("status \(response.status)") == true)
    #expect("\(String(describing: problem))".contains("s3cret") == false)
  }

  @Test func `a sign-in proves with its verifier that it began it`() throws {
    let flow = try OAuthFlow(
      settings: .init(
        identityProvider: "oauth2",
        settings: [
          "authorizationurl": "https://id.example/auth", "tokenurl": "https://id.example/token",
        ]
      ),
      signIn: [:],
      client: OAuthClient(id: "app", secret: "", redirectURL: "http://127.0.0.1:1/cb")
    )
    let url = flow.authorizationURL(state: "s", challenge: "c")
    #expect(url.hasSuffix("&state=s&code_challenge=c&code_challenge_method=S256"))
    let body = String(decoding: try flow.tokenRequest(code: "x", verifier: "v").body, as: UTF8.self)
    #expect(body.hasSuffix("&code_verifier=v"))
    // A public client has no secret to show.
    #expect(!body.contains("client_secret"))
  }
}
