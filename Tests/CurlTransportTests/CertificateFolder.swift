import Foundation
import Seams

/// A folder of keys and certificates that the `openssl` tool makes; removed with its last use.
final class CertificateFolder: Sendable {
  static let isAvailable = FileManager.default.isExecutableFile(atPath: tool)

  private let folder: URL
  private static let tool = "/usr/bin/openssl"

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func path(_ name: String) -> String { folder.appending(path: name).path }

  /// Runs the tool in this folder.
  func start(_ arguments: [String]) throws -> ProcessHandle {
    try ProcessHandle(Self.tool, arguments, in: folder)
  }

  /// Adds `NAME.key` and `NAME.pem`, a certificate for this machine that vouches for itself.
  func addCertificate(_ name: String) throws {
    let key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    let files = ["-keyout", "\(name).key", "-out", "\(name).pem"]
    let names = ["-subj", "/CN=\(name)", "-addext", "subjectAltName=IP:127.0.0.1"]
    try start(["req", "-x509", "-days", "2"] + key + files + names).awaitEnd()
  }

  /// Adds a certificate and gives it to a client.
  func clientCertificate(_ name: String, password: String) throws -> ClientCertificate {
    try addCertificate(name)
    let files = ["-inkey", "\(name).key", "-in", "\(name).pem", "-out", "\(name).p12"]
    try start(["pkcs12", "-export", "-passout", "pass:\(password)"] + files).awaitEnd()
    let bytes = try Data(contentsOf: URL(filePath: path("\(name).p12")))
    return ClientCertificate(pkcs12: Array(bytes), password: password)
  }
}
