import Foundation
import Glibc

/// An nginx with a few pages on 127.0.0.1, when this machine has one.
///
/// It listens without TLS, with TLS and HTTP/2, and with TLS and HTTP/1.1 alone.
final class NginxServer: Sendable {
  static let isAvailable = FileManager.default.isExecutableFile(atPath: tool)

  let authority: String
  /// Where it offers HTTP/2; the certificate is `server.pem` of the folder that was given.
  let secureAuthority: String
  /// Where it has TLS without HTTP/2.
  let olderAuthority: String
  private let folder: URL
  private let process: ProcessHandle
  private static let tool =
    ProcessInfo.processInfo.environment["WEIR_TEST_NGINX"] ?? "/usr/sbin/nginx"

  /// A page long enough for nginx to compress it.
  static let page = "[" + (0..<2_000).map(String.init).joined(separator: ",") + "]"

  /// Starts the server; it listens once it tells of its workers.
  init(_ certificates: CertificateFolder) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    self.folder = folder
    let authorities = try Self.freePorts(3).map { "127.0.0.1:\($0)" }
    authority = authorities[0]
    secureAuthority = authorities[1]
    olderAuthority = authorities[2]
    try certificates.addCertificate("server")
    try FileManager.default.createDirectory(
      at: folder.appending(path: "pages"),
      withIntermediateDirectories: true
    )
    try Self.page.write(
      to: folder.appending(path: "pages/page.json"),
      atomically: true,
      encoding: .utf8
    )
    try Self.configuration(authorities, certificates, in: folder).write(
      to: folder.appending(path: "nginx.conf"),
      atomically: true,
      encoding: .utf8
    )
    let files = ["-p", folder.path, "-c", "nginx.conf", "-e", "error.log"]
    process = try ProcessHandle(Self.tool, files, in: folder)
    _ = try process.line { $0.contains("start worker processes") }
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  private static func configuration(
    _ authorities: [String],
    _ certificates: CertificateFolder,
    in folder: URL
  ) -> String {
    let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map { name in
      "\(name)_temp_path \(name);"
    }
    return """
      daemon off;
      error_log /dev/stdout notice;
      worker_processes 1;
      pid nginx.pid;
      events {}
      http {
        access_log off;
        keepalive_requests 10000;
        ssl_certificate \(certificates.path("server.pem"));
        ssl_certificate_key \(certificates.path("server.key"));
        \(temporary.joined(separator: " "))
        types { application/json json; }
        gzip on;
        gzip_types application/json;
        server {
          listen \(authorities[0]);
          listen \(authorities[1]) ssl http2;
          listen \(authorities[2]) ssl;
          root pages;
          location = /version { return 200 "$server_protocol $http_accept_encoding"; }
          location = /connection { return 200 "$connection"; }
          location /echo {
            add_header X-Seen "$http_x_seen" always;
            proxy_pass http://unix:\(folder.path)/echo.sock:;
          }
          location = /nothing { return 204; }
          location = /moved { return 302 /page.json; }
          location = /limited { add_header Retry-After 7 always; return 429 "slow down"; }
        }
        server {
          listen unix:\(folder.path)/echo.sock;
          location / { return 200 "$request_method $request_uri $content_length"; }
        }
      }
      """
  }

  /// Ports that are free together; the sockets that prove it are closed at the end.
  private static func freePorts(_ count: Int) throws -> [UInt16] {
    var listeners: [Int32] = []
    defer { for listener in listeners { close(listener) } }
    return try (0..<count).map { _ in
      listeners.append(socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0))
      return try freePort(listeners[listeners.count - 1])
    }
  }

  private static func freePort(_ listener: Int32) throws -> UInt16 {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, size) == 0 && getsockname(listener, $0, &size) == 0
      }
    }
    guard isBound else { throw CocoaError(.fileReadUnknown) }
    return UInt16(bigEndian: address.sin_port)
  }
}
