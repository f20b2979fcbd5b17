import Foundation

/// A TLS server that vouches for itself, when this machine has the `openssl` tool.
///
/// Its pages tell which certificate the client showed.
final class SecureServer: Sendable {
  static let isAvailable = CertificateFolder.isAvailable

  let authority: String
  private let process: ProcessHandle

  /// Starts the server on a free port of this machine.
  ///
  /// Its certificate is added to the folder as `server.pem`.
  init(_ folder: CertificateFolder, _ options: [String] = []) throws {
    try folder.addCertificate("server")
    let keys = ["-key", "server.key", "-cert", "server.pem", "-www"]
    process = try folder.start(["s_server", "-accept", "127.0.0.1:0"] + keys + options)
    authority = try process.line { $0.hasPrefix("ACCEPT ") }.replacing("ACCEPT ", with: "")
  }
}
