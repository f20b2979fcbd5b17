package import Connectors
package import Diagnostics

/// What proving an identity needs from outside: certificates that sign, and files of the platform.
package struct IdentitySources: Sendable {
  /// Signs claims with a certificate's private key; the result is a JWT that names the certificate.
  package typealias Signing =
    @Sendable (_ claims: [UInt8], _ certificate: TokenCredential.CertificateText)
    -> Result<String, Diagnostic>

  package var assertion: Signing
  /// The bytes of a file; `nil` when it cannot be read.
  package var file: @Sendable (_ path: String) -> [UInt8]?

  package init(
    assertion: @escaping Signing,
    file: @escaping @Sendable (_ path: String) -> [UInt8]?
  ) {
    self.assertion = assertion
    self.file = file
  }

  /// Signs nothing and sees no file.
  package static let none = IdentitySources(
    assertion: { _, _ in
      .failure(
        Diagnostic(
          .tokenUnavailable,
          "certificates cannot be used here",
          hint: "use a client secret"
        )
      )
    },
    file: { _ in nil }
  )
}
