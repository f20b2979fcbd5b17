internal import CCrypto
package import Diagnostics
package import Seams

/// An authority of this machine alone, which vouches for a server on it.
///
/// Source: RFC 5280 sections 4.1 and 4.2.
package struct CertificateAuthority: Sendable {
  private let certificate: X509Certificate
  private let key: SigningKey

  /// PEM text that clients are told to trust.
  package let certificateText: String
  /// PEM text; whoever has it can pose as this machine to those clients.
  package let keyText: String

  private static let lifeInDays = 3650
  private static let serverLifeInDays = 365

  /// Makes an authority of this name.
  package init(named name: String, from entropy: some Entropy) {
    key = SigningKey.generate(.es256, from: entropy)
    certificate = X509Certificate(
      subject: name,
      serial: entropy.bytes(16),
      days: Self.lifeInDays,
      key: key,
      extensions: [
        (NID_basic_constraints, "critical,CA:TRUE,pathlen:0"),
        (NID_key_usage, "critical,keyCertSign,cRLSign"),
        // It vouches for names of this machine and for nothing else, whoever gets hold of its key.
        (
          NID_name_constraints,
          "critical,permitted;DNS:localhost,permitted;IP:127.0.0.0/255.0.0.0,"
            + "permitted;IP:0:0:0:0:0:0:0:1/FFFF:FFFF:FFFF:FFFF:FFFF:FFFF:FFFF:FFFF"
        ),
        (NID_subject_key_identifier, "hash"),
      ]
    )
    certificate.sign(by: key)
    certificateText = certificate.text
    keyText = key.text
  }

  /// Takes up an authority that was made before.
  ///
  /// - Throws: `V0006` for an unusable key, `V0007` for an unusable certificate.
  package init(certificate text: String, key keyText: String) throws(Diagnostic) {
    key = try SigningKey(pem: keyText)
    certificate = try X509Certificate(pem: text, of: key)
    certificateText = text
    self.keyText = keyText
  }

  /// A certificate for a server on this machine, with its key, both as PEM text.
  package func issueForThisMachine(from entropy: some Entropy) -> (certificate: String, key: String)
  {
    let serverKey = SigningKey.generate(.es256, from: entropy)
    let server = X509Certificate(
      subject: "localhost",
      serial: entropy.bytes(16),
      days: Self.serverLifeInDays,
      key: serverKey,
      issuer: certificate,
      extensions: [
        (NID_basic_constraints, "critical,CA:FALSE"),
        (NID_key_usage, "critical,digitalSignature"),
        (NID_ext_key_usage, "serverAuth"),
        (NID_subject_alt_name, "DNS:localhost,IP:127.0.0.1,IP:::1"),
        (NID_subject_key_identifier, "hash"), (NID_authority_key_identifier, "keyid"),
      ]
    )
    server.sign(by: key)
    return (server.text, serverKey.text)
  }
}
