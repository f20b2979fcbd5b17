internal import CCrypto
package import Diagnostics
internal import Glibc

/// A certificate chain with its private key, as TLS shows it.
package struct ServerCertificate: Sendable {
  /// PEM text: the server's own certificate first, then those that vouch for it.
  let chain: String
  /// PEM text without a passphrase.
  let key: String

  /// Larger files are no certificates.
  private static let longestFile = 1 << 20

  /// Reads the files and checks that they belong together.
  ///
  /// - Throws: `L0007` when a file cannot be read, `L0008` when it does not hold what it should,
  ///   `L0009` when certificate and key do not belong together.
  package init(chainFile: String, keyFile: String) throws(Diagnostic) {
    chain = try Self.read(chainFile)
    key = try Self.read(keyFile)
    defer { ERR_clear_error() }
    guard let certificate = Self.parse(chain, { PEM_read_bio_X509($0, nil, nil, nil) }) else {
      throw Self.unusable("'\(chainFile)' holds no certificate in PEM form")
    }
    defer { X509_free(certificate) }
    guard let key = Self.parse(key, Self.readKey) else {
      throw Self.unusable("'\(keyFile)' holds no private key in PEM form without a passphrase")
    }
    defer { EVP_PKEY_free(key) }
    guard X509_check_private_key(certificate, key) == 1 else {
      throw Diagnostic(
        .mismatchedServerKey,
        "the certificate in '\(chainFile)' is not that of the key in '\(keyFile)'",
        hint: "the server's own certificate comes first in its file, those of authorities follow"
      )
    }
  }

  private static func parse(_ text: String, _ read: (OpaquePointer) -> OpaquePointer?)
    -> OpaquePointer?
  {
    let bytes = Array(text.utf8)
    guard let source = BIO_new_mem_buf(bytes, Int32(clamping: bytes.count)) else {
      preconditionFailure("out of memory")
    }
    defer { BIO_free(source) }
    return read(source)
  }

  /// The empty passphrase keeps libcrypto from asking for one on the terminal.
  private static func readKey(_ source: OpaquePointer) -> OpaquePointer? {
    var passphrase: CChar = 0
    return withUnsafeMutablePointer(to: &passphrase) {
      PEM_read_bio_PrivateKey(source, nil, nil, $0)
    }
  }

  private static func read(_ path: String) throws(Diagnostic) -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw unreadable(path, errno) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while bytes.count <= longestFile {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      guard count >= 0 else { throw unreadable(path, errno) }
      if count == 0 { return String(decoding: bytes, as: UTF8.self) }
      bytes += buffer.prefix(count)
    }
    throw unusable("'\(path)' is larger than \(longestFile) bytes")
  }

  private static func unreadable(_ path: String, _ code: Int32) -> Diagnostic {
    Diagnostic(
      .unreadableServerCertificate,
      "cannot read '\(path)': \(String(cString: strerror(code)).lowercased())",
      hint: "check the path, and that the user of the server may read the file"
    )
  }

  private static func unusable(_ message: String) -> Diagnostic {
    Diagnostic(
      .unusableServerCertificate,
      message,
      hint: "PEM text begins with -----BEGIN; openssl pkey -in KEY -out KEY.pem drops a passphrase"
    )
  }
}
