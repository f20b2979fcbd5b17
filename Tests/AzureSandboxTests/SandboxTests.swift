import Crypto
import HTTPMessages
import OrderedJSON
import Seams
import Testing

@testable import AzureSandbox

struct SandboxTests {
  private let bench = TestBench()

  @Test func `answers carry the service's headers`() async {
    let headers: HTTPFields = ["x-ms-client-request-id": "5d6f0d0e-2c58-4a0c-9a52-3d7ce0c1f0aa"]
    let answer = await bench.send("POST", "/identities" + TestBench.version, headers: headers)
    let fields = answer.response.headers
    #expect(fields["x-ms-client-request-id"] == "5d6f0d0e-2c58-4a0c-9a52-3d7ce0c1f0aa")
    #expect(fields["api-supported-versions"]?.hasPrefix("2021-03-07, 2022-06-01") == true)
    #expect(fields["MS-CV"]?.count == 24)
    #expect(fields["Request-Context"] == "appId=")
    #expect(fields["X-Processing-Time"] == "0ms")
    #expect(fields["Content-Type"] == "application/json; charset=utf-8")
  }

  @Test func `the secondary key counts too`() async {
    let answer = await bench.send("POST", "/identities" + TestBench.version, keyIndex: 1)
    #expect(answer.status == 201)
  }

  @Test func `a refused signature is explained in the log, the header and the records`() async {
    var request = bench.request("POST", "/identities" + TestBench.version, "")
    bench.sign(&request)
    request.target += "&x=1"
    let answer = TestBench.Answer(await bench.sandbox.handle(request))
    #expect(answer.status == 401)
    #expect(answer.code == "Denied")
    #expect(answer.message == "Denied by the resource provider.")
    #expect(answer.response.headers["x-weir-sandbox-reason"]?.contains("signature") == true)
    let expected = "POST\\n/identities?api-version=2023-10-01&x=1\\nMon, 02 Mar 2026 08:09:10 GMT;"
    let entry = bench.logged.first { $0.event == "sandbox.credential.refused" }
    #expect(entry?.fields.first { $0.name == "expected" }?.value.hasPrefix(expected) == true)
    #expect(entry?.fields.first { $0.name == "received" }?.value.hasPrefix("HMAC") == true)
    let records = await bench.sendUnsigned("GET", "/_sandbox/requests").json["requests"]
    #expect(records?[0]?["status"] == 401)
    #expect(records?[0]?.text("expectedStringToSign").contains("&x=1\n") == true)
  }

  @Test(
    arguments: [
      ("/identities", "ApiVersionUnspecified"),
      ("/identities?api-version=", "ApiVersionUnspecified"),
      ("/identities?api-version=2019-01-01", "UnsupportedApiVersion"),
      ("/identities?Api-Version=2023-10-01", "ApiVersionUnspecified"),
    ]
  )
  func `a version is needed and must be known`(_ target: String, _ code: String) async {
    let answer = await bench.send("POST", target)
    #expect(answer.status == 400)
    #expect(answer.code == code)
  }

  @Test func `checks come in the order of the service`() async {
    #expect(await bench.sendUnsigned("POST", "/nowhere").status == 404)
    #expect(await bench.sendUnsigned("PATCH", "/identities").status == 405)
    #expect(await bench.sendUnsigned("POST", "/identities").status == 401)
    #expect(await bench.send("POST", "/identities", "{").code == "ApiVersionUnspecified")
    let small = TestBench { $0.bodyBytes = 3 }
    #expect(await small.sendUnsigned("POST", "/nowhere", "1234").status == 413)
  }

  @Test func `a user token is no credential here`() async {
    let id = await bench.createUser()
    var request = bench.request("DELETE", "/identities/\(id)" + TestBench.version, "")
    request.headers["Authorization"] = "Bearer " + (await bench.issueToken(id).json.text("token"))
    #expect(await bench.sandbox.handle(request).status == 401)
  }

  @Test func `the same seed repeats keys, ids and tokens`() async {
    func run(_ seed: UInt64?) async -> (String, JSON) {
      let bench = TestBench {
        $0.seed = seed
        $0.tokenSigning = .rs256
      }
      let body = #"{"createTokenWithScopes":["chat"]}"#
      let answer = await bench.send("POST", "/identities" + TestBench.version, body)
      return (bench.sandbox.settings(endpoint: "http://h").first?.value ?? "", answer.json)
    }
    let (first, again, other, random) = await (run(1), run(1), run(2), run(nil))
    #expect(first == again)
    #expect(first.0 != other.0 && first.1 != other.1)
    #expect(random.0 != first.0 && random.0 != other.0)
  }

  @Test func `the connection string has an endpoint and a key of 64 bytes`() throws {
    let setting = try #require(bench.sandbox.settings(endpoint: "http://127.0.0.1:7080").first)
    #expect(setting.name == "AZURE_COMMUNICATION_CONNECTION_STRING")
    let parts = setting.value.split(separator: ";", maxSplits: 1)
    #expect(parts.first == "endpoint=http://127.0.0.1:7080/")
    let key = try #require(parts.last?.dropFirst("accesskey=".count))
    #expect(Base64.decode(key)?.count == 64)
  }

  @Test func `a window that is full answers 429 until it ends, and can be lifted`() async {
    var limits = IdentityLimits()
    limits.create = 2
    let bench = TestBench { $0.identityLimits = limits }
    for _ in 0..<2 { #expect(!(await bench.createUser()).isEmpty) }
    bench.clock.advance(.milliseconds(18_500))
    let refused = await bench.send("POST", "/identities" + TestBench.version)
    #expect(refused.status == 429)
    #expect(refused.code == "TooManyRequests")
    #expect(refused.response.headers["Retry-After"] == "12")
    #expect(
      refused.response.headers["x-weir-sandbox-limit"] == "identity-create;calls=2;seconds=30"
    )
    let body = #"{"createTokenWithScopes":["chat"]}"#
    #expect(await bench.send("POST", "/identities" + TestBench.version, body).status == 201)
    bench.clock.advance(.milliseconds(11_500))
    #expect(!(await bench.createUser()).isEmpty)
    let unlimited = TestBench { $0.identityLimits = nil }
    for _ in 0..<1100 { #expect(!(await unlimited.createUser()).isEmpty) }
  }
}
