import Crypto
import Diagnostics
import Foundation
import HTTPServer

/// The certificate authority of a data folder, and a certificate that it vouches for.
struct SandboxAuthority {
  /// What clients are told to trust.
  let certificateFile: String
  let certificate: ServerCertificate

  /// Takes up the authority of the folder, and makes one first when there is none.
  ///
  /// - Parameter folder: The data folder, which is made when it is not there.
  /// - Throws: `Z0002`.
  init(folder: String) throws(Diagnostic) {
    let folder = folder + "/sandbox-tls"
    certificateFile = folder + "/authority.pem"
    let keyFile = folder + "/authority.key"
    do {
      try FileManager.default.createDirectory(
        atPath: folder,
        withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700]
      )
      let authority = try Self.authority(certificateFile, keyFile)
      let server = authority.issueForThisMachine(from: SystemEntropy())
      try Self.write(server.key, folder + "/server.key")
      try Self.write(server.certificate, folder + "/server.pem")
      certificate = try ServerCertificate(
        chainFile: folder + "/server.pem",
        keyFile: folder + "/server.key"
      )
    } catch {
      let reason = (error as? Diagnostic)?.message ?? error.localizedDescription
      throw Diagnostic(
        .unusableSandboxAuthority,
        "the certificate authority in '\(folder)' cannot be used: \(reason)",
        hint: "check the permissions of the folder, or delete it to have a new authority made"
      )
    }
  }

  private static func authority(_ certificateFile: String, _ keyFile: String) throws
    -> CertificateAuthority
  {
    let isThere = FileManager.default.fileExists(atPath: certificateFile)
    guard !isThere else {
      return try CertificateAuthority(
        certificate: String(contentsOfFile: certificateFile, encoding: .utf8),
        key: String(contentsOfFile: keyFile, encoding: .utf8)
      )
    }
    let made = CertificateAuthority(named: "Weir sandbox", from: SystemEntropy())
    // The certificate comes last, because it is what says that both are there.
    try write(made.keyText, keyFile)
    try write(made.certificateText, certificateFile)
    return made
  }

  private static func write(_ text: String, _ path: String) throws {
    let manager = FileManager.default
    let draft = path + ".new"
    let mode: [FileAttributeKey: Any] = [.posixPermissions: 0o600]
    guard manager.createFile(atPath: draft, contents: Data(text.utf8), attributes: mode) else {
      throw CocoaError(.fileWriteUnknown)
    }
    guard rename(draft, path) == 0 else { throw CocoaError(.fileWriteNoPermission) }
  }
}
