import Connectors
import Crypto
import Definitions
import HTTPMessages
import OrderedJSON
import Testing
import Timekeeping

struct HMACSignerTests {
  private let request = HTTPRequest(
    method: "POST",
    scheme: "https",
    authority: "api.example.com",
    target: "/v1/a?b=1",
    headers: ["X-Account": "acme"],
    body: Array("{}".utf8)
  )
  private let date = Timestamp(seconds: 1_700_000_000)

  /// SHA-256 of `{}`, made with another tool.
  private let hash = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"

  @Test func `signs the parts in order and puts the signature where it belongs`() {
    var signing = HMACSigning(key: "k")
    signing.encoding = .hex
    signing.dateHeader = "X-Date"
    signing.dateFormat = .iso8601
    signing.hashHeader = "X-Hash"
    signing.parts = [
      .method, .target, .path, .query, .host, .date, .body, .bodyHash, .keyID,
      .header("x-account"), .headerLine("Host"), .text("v1"),
    ]
    signing.separator = "|"
    signing.header = "X-Signature"
    signing.value = "HMAC {keyId}:{signature}:{date}"
    let signer = HMACSigner(signing: signing, key: Array("secret".utf8), keyID: "id")
    let signed = signer.sign(request, at: date, with: .openSSL)
    let text =
      "POST|/v1/a?b=1|/v1/a|b=1|api.example.com|2023-11-14T22:13:20Z|{}|\(hash)|id|acme|"
      + "host:api.example.com|v1"
    let expected = Digests.openSSL.hmacSHA256(Array("secret".utf8), Array(text.utf8))
    let signature = Hexadecimal.text(expected)
    #expect(signed.headers["X-Signature"] == "HMAC id:\(signature):2023-11-14T22:13:20Z")
    #expect(signed.headers["X-Hash"] == hash)
    #expect(signed.headers["X-Date"] == "2023-11-14T22:13:20Z")
  }

  @Test(arguments: [
    (HMACSigning.DateFormat.http, "Tue, 14 Nov 2023 22:13:20 GMT"),
    (.iso8601, "2023-11-14T22:13:20Z"), (.unix, "1700000000"), (.unixMilliseconds, "1700000000000"),
  ])
  func `dates have the form that the service wants`(format: HMACSigning.DateFormat, text: String) {
    var signing = HMACSigning(key: "k")
    signing.dateHeader = "X-Date"
    signing.dateFormat = format
    let signed = HMACSigner(signing: signing, key: [1]).sign(request, at: date, with: .openSSL)
    #expect(signed.headers["X-Date"] == text)
  }

  @Test func `a signer of one operation stands in for the connector's`() throws {
    let connector = try SampleConnector.make(
      paths: #"{"/a": {"get": {"operationId": "A"}}, "/b": {"get": {"operationId": "B"}}}"#,
      properties: #"{"connectionParameters": {"hex": {"type": "securestring"}}}"#,
      runtime: """
        {"signers": {"s": {"scheme": "hmac", "key": "hex", "keyEncoding": "hex", "header": "X-S",
          "parts": ["path"]}}, "scripts": {"A": {"signer": "s"}}}
        """
    )
    func header(_ id: String, _ key: String) throws -> String? {
      let operation = try #require(connector.operation(id))
      let call = ConnectorCall(connector: connector, operation: operation)
      let step = try call.step(
        inputs: .named([:]),
        connection: ConnectionValues(values: ["hex": key])
      )
      guard case .send(let prepared, _) = step else { return nil }
      return prepared.signed(at: date, with: .openSSL).headers["X-S"]
    }
    #expect(try header("A", "00ff")?.count == 44)
    #expect(try header("B", "00ff") == nil)
    #expect(throws: (any Error).self) { try header("A", "0xff") }
  }
}
