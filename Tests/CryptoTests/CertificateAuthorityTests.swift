import Crypto
import Testing

struct CertificateAuthorityTests {
  @Test func `an authority is taken up again from its texts`() throws {
    let made = CertificateAuthority(named: "Test", from: SystemEntropy())
    let again = try CertificateAuthority(certificate: made.certificateText, key: made.keyText)
    #expect(again.certificateText == made.certificateText)
    let server = again.issueForThisMachine(from: SystemEntropy())
    #expect(server.certificate.hasPrefix("-----BEGIN CERTIFICATE-----"))
    #expect(
      try !SigningCertificate(pem: server.key + server.certificate).thumbprints.sha256.isEmpty
    )
  }

  @Test func `texts that do not belong together are refused`() throws {
    let one = CertificateAuthority(named: "One", from: SystemEntropy())
    let other = CertificateAuthority(named: "Other", from: SystemEntropy())
    #expect(throws: (any Error).self) {
      try CertificateAuthority(certificate: one.certificateText, key: other.keyText)
    }
    #expect(throws: (any Error).self) { try CertificateAuthority(certificate: "", key: "") }
  }
}
