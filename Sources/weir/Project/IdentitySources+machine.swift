import HTTPMessages
import Connectors
import Crypto
import Diagnostics
import Foundation
import Runtime

extension IdentitySources {
  /// Certificates by libcrypto, and the files of this machine.
  static func ofThisMachine(_ project: Project) -> IdentitySources {
    IdentitySources(
      assertion: { claims, certificate in
        Result { () throws(Diagnostic) in try Self.certificate(certificate).statement(claims) }
      },
      file: { path in
        FileManager.default.contents(atPath: project.absolute(path)).map { Array($0) }
      }
    )
  }

  private static func certificate(_ text: TokenCredential.CertificateText) throws(Diagnostic)
    -> SigningCertificate
  {
    switch text {
    case .pem(let pem): return try SigningCertificate(pem: pem)
    case .pkcs12(let base64, let password):
      let bytes = Base64.decode(base64.filter { !$0.isWhitespace }) ?? []
      return try SigningCertificate(pkcs12: bytes, password: password)
    }
  }
}
