import Connectors
import Definitions
import HTTPMessages
import OrderedJSON
import Testing
import Timekeeping

struct AWSSignerTests {
  private let signer = AWSSigner(
    accessKeyID: "AKIDEXAMPLE",
    secretKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
    region: "us-east-1",
    service: "service"
  )

  private func signature(_ method: String, _ target: String) throws -> String? {
    let date = try #require(HTTPDate.timestamp("Sun, 30 Aug 2015 12:36:00 GMT"))
    let request = HTTPRequest(
      method: method,
      scheme: "https",
      authority: "example.amazonaws.com",
      target: target
    )
    return signer.sign(request, at: date, with: ReferenceDigests.digests).headers["Authorization"]
  }

  /// Source: AWS Signature Version 4 test suite, get-vanilla.
  @Test func `a plain request has the published signature`() throws {
    #expect(
      try signature("GET", "/")
        == "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
        + "SignedHeaders=host;x-amz-date, "
        + "Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"
    )
  }

  /// Source: AWS Signature Version 4 test suite, get-vanilla-query-order-key-case.
  @Test func `query parameters are signed in order`() throws {
    #expect(
      try signature("GET", "/?Param2=value2&Param1=value1")?.hasSuffix(
        "Signature=b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"
      ) == true
    )
  }

  @Test func `a connector signs with the keys of its connection`() throws {
    let connector = try SampleConnector.make(
      paths: #"{"/a": {"get": {"operationId": "A"}}}"#,
      properties: """
        {"connectionParameters": {"accessKeyId": {"type": "string"},
          "secretAccessKey": {"type": "securestring"}, "region": {"type": "string"}}}
        """,
      runtime: """
        {"requestSigning": {"scheme": "aws-sigv4", "region": "region", "service": "s3"}}
        """
    )
    let call = ConnectorCall(connector: connector, operation: connector.operations[0])
    let values = ["accessKeyId": "AK", "secretAccessKey": "s", "region": "eu-west-1"]
    let step = try call.step(
      inputs: .named([:]),
      connection: ConnectionValues(values: values)
    )
    guard case .send(let prepared, _) = step else { return }
    let signed = prepared.signed(at: Timestamp(seconds: 0), with: ReferenceDigests.digests)
    #expect(signed.headers["Authorization"]?.contains("AK/19700101/eu-west-1/s3/") == true)
    #expect(signed.headers["X-Amz-Content-Sha256"]?.hasPrefix("e3b0c442") == true)
  }
}
