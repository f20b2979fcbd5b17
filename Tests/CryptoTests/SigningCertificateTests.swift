import HTTPMessages
import Crypto
import Diagnostics
import Fixtures
import OrderedJSON
import Testing

/// The certificate was made with openssl for these tests alone, and opens nothing.
struct SigningCertificateTests {
  private let data: JSON

  init() throws { data = try Fixtures.json("CryptoTests/Data/certificate.json") }

  private func text(_ name: String) throws -> String { try #require(data[name]?.stringValue) }

  private func pkcs12(_ password: String) throws -> SigningCertificate {
    let bytes = try #require(Base64.decode(try text("pfx")))
    return try SigningCertificate(pkcs12: bytes, password: password)
  }

  @Test func `PEM and PKCS 12 forms name the same certificate`() throws {
    for certificate in [try SigningCertificate(pem: text("pem")), try pkcs12(text("password"))] {
      #expect(Base64.encodeURL(certificate.thumbprints.sha1) == (try text("sha1")))
      #expect(Base64.encodeURL(certificate.thumbprints.sha256) == (try text("sha256")))
    }
  }

  @Test func `a statement is signed and names its certificate`() throws {
    let certificate = try SigningCertificate(pem: text("pem"))
    let statement = certificate.statement(Array(#"{"iss":"app"}"#.utf8))
    let parts = statement.split(separator: ".")
    let header = try JSON(parsing: #require(Base64.decodeURL(parts[0])))
    #expect(header["alg"] == "RS256" && header["typ"] == "JWT")
    #expect(header["x5t"]?.stringValue == (try text("sha1")))
    #expect(header["x5t#S256"]?.stringValue == (try text("sha256")))
    #expect(JWT.claims(of: statement, signedBy: certificate.key) == Array(#"{"iss":"app"}"#.utf8))
  }

  @Test(arguments: ["certificate", "key"])
  func `half a certificate is refused`(_ half: String) throws {
    let pem = try text(half)
    let problem = #expect(throws: Diagnostic.self) { try SigningCertificate(pem: pem) }
    #expect(problem?.code == (half == "key" ? .unusableCertificate : .unusablePrivateKey))
  }

  @Test func `a key and a certificate of different holders are refused`() throws {
    let pem = try text("key") + text("otherCertificate")
    let problem = #expect(throws: Diagnostic.self) { try SigningCertificate(pem: pem) }
    #expect(problem?.code == .unusableCertificate)
  }

  @Test func `a wrong password is refused and not repeated`() throws {
    let problem = #expect(throws: Diagnostic.self) { try pkcs12("wrong-password") }
    #expect(problem?.code == .unusableCertificate)
    #expect("\(String(describing: problem))".contains("wrong-password") == false)
  }

  @Test func `bytes that are no PKCS 12 file are refused`() {
    let problem = #expect(throws: Diagnostic.self) {
      try SigningCertificate(pkcs12: [1, 2, 3], password: "")
    }
    #expect(problem?.code == .unusableCertificate)
  }
}
