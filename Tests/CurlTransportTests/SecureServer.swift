import Foundation

/// A TLS server with a certificate that nobody trusts, when this machine has the `openssl` tool.
final class SecureServer: Sendable {
  static let isAvailable = FileManager.default.isExecutableFile(atPath: tool)

  let authority: String
  private let process: ProcessHandle
  private static let tool = "/usr/bin/openssl"

  /// Starts the server on a free port of this machine.
  init() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let files = ["-keyout", "key.pem", "-out", "certificate.pem", "-subj", "/CN=localhost"]
    let creation = try ProcessHandle(
      Self.tool,
      ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"] + files,
      in: folder
    )
    creation.awaitEnd()
    let keys = ["-key", "key.pem", "-cert", "certificate.pem", "-www"]
    process = try ProcessHandle(
      Self.tool,
      ["s_server", "-accept", "127.0.0.1:0"] + keys,
      in: folder
    )
    authority = try process.line { $0.hasPrefix("ACCEPT ") }.replacing("ACCEPT ", with: "")
  }
}
