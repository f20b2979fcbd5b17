/// A certificate with its private key, with which a client shows in TLS who it is.
///
/// Descriptions of every kind leave out the content, because values end up in logs.
///
/// Source: RFC 7292 (PKCS #12); RFC 8446 section 4.4.2.
package struct ClientCertificate: Hashable, Sendable {
  /// The certificate, its key and its issuers, in DER.
  package var pkcs12: [UInt8]
  /// Opens `pkcs12`; empty when it has none.
  package var password: String

  package init(pkcs12: [UInt8], password: String) {
    self.pkcs12 = pkcs12
    self.password = password
  }
}

extension ClientCertificate: CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  package var description: String { "a client certificate" }

  package var debugDescription: String { description }

  // `dump` and the description of a value around this one would look inside otherwise.
  package var customMirror: Mirror { Mirror(self, children: []) }
}
