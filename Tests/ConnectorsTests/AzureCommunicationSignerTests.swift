import Connectors
import Definitions
import Diagnostics
import Fixtures
import Foundation
import HTTPMessages
import OrderedJSON
import Testing
import Timekeeping

struct AzureCommunicationSignerTests {
  private static let key = Base64.encode(Array(0..<32))

  @Test func `an empty body is signed with its hash, the date and the host`() throws {
    let date = try #require(HTTPDate.timestamp("Tue, 03 Feb 2026 04:05:06 GMT"))
    let request = HTTPRequest(
      method: "POST",
      scheme: "https",
      authority: "unit.communication.example:8443",
      target: "/identities?api-version=2023-10-01"
    )
    let signer = AzureCommunicationSigner(accessKey: Array(0..<32))
    let signed = signer.sign(request, at: date, with: ReferenceDigests.digests)
    #expect(signed.headers["x-ms-date"] == "Tue, 03 Feb 2026 04:05:06 GMT")
    #expect(
      signed.headers["x-ms-content-sha256"] == "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
    )
    let text =
      "POST\n/identities?api-version=2023-10-01\n"
      + "Tue, 03 Feb 2026 04:05:06 GMT;unit.communication.example:8443;"
      + "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
    let signature = Base64.encode(ReferenceDigests.hmac(Array(0..<32), Array(text.utf8)))
    #expect(
      signed.headers["Authorization"]
        == "HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=\(signature)"
    )
  }

  @Test func `a second attempt replaces date and signature`() {
    let signer = AzureCommunicationSigner(accessKey: [1], dateHeader: .date)
    let request = HTTPRequest(method: "GET", scheme: "https", authority: "a", target: "/")
    let first = signer.sign(request, at: Timestamp(seconds: 0), with: ReferenceDigests.digests)
    let second = signer.sign(first, at: Timestamp(seconds: 60), with: ReferenceDigests.digests)
    #expect(second.headers.fields.count == first.headers.fields.count)
    #expect(second.headers["Authorization"] != first.headers["Authorization"])
    #expect(second.headers["Date"] == "Thu, 01 Jan 1970 00:01:00 GMT")
  }

  @Test func `every golden vector has its signature`() throws {
    guard let url = Fixtures.reference("golden/azure-communication-hmac.json") else { return }
    let golden = try JSON(parsing: Array(Data(contentsOf: url)))
    let vectors = try #require(golden["vectors"]?.arrayValue)
    #expect(vectors.count >= 12)
    for vector in vectors {
      func text(_ key: String) -> String { vector[key]?.stringValue ?? "" }
      let key = try #require(golden["keys"]?[text("key")]?.stringValue.flatMap(Base64.decode))
      let dateHeader = RequestSigning.DateHeader(rawValue: text("dateHeader"))
      let signed = try AzureCommunicationSigner(accessKey: key, dateHeader: #require(dateHeader))
        .sign(
          HTTPRequest(
            method: text("method"),
            scheme: "https",
            authority: text("host"),
            target: text("requestTarget"),
            body: Array(text("bodyUtf8").utf8)
          ),
          at: try #require(HTTPDate.timestamp(text("date"))),
          with: ReferenceDigests.digests
        )
      for header in vector["headers"]?.objectValue?.members ?? []
      where header.key != "Host" && header.key != "Content-Type" {
        #expect(signed.headers[header.key] == header.value.stringValue, "\(text("id"))")
      }
      #expect(
        AzureCommunicationSigner.stringToSign(
          signed,
          date: text("date"),
          contentHash: text("contentSha256Base64")
        ) == text("stringToSign")
      )
    }
    for negative in golden["negative"]?.arrayValue ?? [] where negative["id"] != "N7" {
      let base = vectors.first { $0["id"] == negative["basedOn"] }
      #expect(base?["signature"] != negative["signature"])
    }
  }

  @Test(arguments: [
    (
      "endpoint=https://r.communication.azure.com/;accesskey=", "https", "r.communication.azure.com"
    ),
    (
      "AccessKey=\(key); ENDPOINT = https://R.unitedstates.communication.azure.com// ;;", "https",
      "R.unitedstates.communication.azure.com"
    ),
    ("endpoint=http://127.0.0.1:7080;accesskey=", "http", "127.0.0.1:7080"),
    ("endpoint=http://localhost;x=y;accesskey=", "http", "localhost"),
    ("endpoint=http://[::1]:80/;accesskey=", "http", "[::1]"),
    ("endpoint=https://r.example:443;accesskey=", "https", "r.example"),
  ])
  func `reads connection strings`(text: String, scheme: String, authority: String) throws {
    let full = text.hasSuffix("accesskey=") ? text + Self.key : text
    let parsed = try AzureConnectionString(full)
    #expect(parsed.endpoint.scheme == scheme)
    #expect(parsed.endpoint.authority == authority)
    #expect(parsed.accessKey == Array(0..<32))
    #expect(parsed.hasUnknownParts == text.contains("x=y"))
  }

  @Test(arguments: [
    ("", "the connection string has no 'endpoint'"),
    ("U2VjcmV0S2V5", "the connection string has a part without '='"),
    ("endpoint=https://r", "the connection string has no 'accesskey'"),
    ("endpoint=https://r;accesskey=", "the connection string has no 'accesskey'"),
    ("accesskey=U2VjcmV0", "the connection string has no 'endpoint'"),
    (
      "endpoint=https://r;accesskey=U2VjcmV0;accesskey=U2VjcmV0",
      "the connection string has 'accesskey' twice"
    ),
    (
      "endpoint=https://r;accesskey=U2VjcmV0S",
      "the connection string has an 'accesskey' that is not base64"
    ),
    (
      "endpoint=r.example;accesskey=U2VjcmV0",
      "the connection string has an 'endpoint' that is no https URL"
    ),
    (
      "endpoint=https://u@r;accesskey=U2VjcmV0",
      "the connection string has a user name in its 'endpoint'"
    ),
    (
      "endpoint=https://r/path;accesskey=U2VjcmV0",
      "the connection string has a path or query in its 'endpoint'"
    ),
    (
      "endpoint=https://r:99999;accesskey=U2VjcmV0",
      "the connection string has an 'endpoint' with an impossible port"
    ),
    (
      "endpoint=https://;accesskey=U2VjcmV0",
      "the connection string has an 'endpoint' without a proper host name"
    ),
    (
      "endpoint=http://r.example;accesskey=U2VjcmV0",
      "the connection string has an http endpoint on another machine"
    ),
    (
      "endpoint=http://127.0.0.1.evil.example;accesskey=U2VjcmV0",
      "the connection string has an http endpoint on another machine"
    ),
  ])
  func `refuses defective connection strings without repeating them`(
    text: String,
    message: String
  ) {
    do throws(Diagnostic) {
      _ = try AzureConnectionString(text)
      Issue.record("accepted \(message)")
    } catch {
      #expect(error.message == message)
      #expect(!"\(error)".contains("U2VjcmV0"))
    }
  }
}
