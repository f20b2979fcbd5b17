import Foundation
import Glibc

/// An nginx with a few pages on 127.0.0.1, when this machine has one.
final class NginxServer: Sendable {
  static let isAvailable = FileManager.default.isExecutableFile(atPath: tool)

  let authority: String
  private let folder: URL
  private let process: ProcessHandle
  private static let tool =
    ProcessInfo.processInfo.environment["WEIR_TEST_NGINX"] ?? "/usr/sbin/nginx"

  /// A page long enough for nginx to compress it.
  static let page = "[" + (0..<2_000).map(String.init).joined(separator: ",") + "]"

  /// Starts the server; it listens once it tells of its workers.
  init() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    self.folder = folder
    authority = "127.0.0.1:\(try Self.freePort())"
    try FileManager.default.createDirectory(
      at: folder.appending(path: "pages"),
      withIntermediateDirectories: true
    )
    try Self.page.write(
      to: folder.appending(path: "pages/page.json"),
      atomically: true,
      encoding: .utf8
    )
    try Self.configuration(authority).write(
      to: folder.appending(path: "nginx.conf"),
      atomically: true,
      encoding: .utf8
    )
    let files = ["-p", folder.path, "-c", "nginx.conf", "-e", "error.log"]
    process = try ProcessHandle(Self.tool, files, in: folder)
    _ = try process.line { $0.contains("start worker processes") }
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  private static func configuration(_ authority: String) -> String {
    let folders = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map { name in
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
        \(folders.joined(separator: " "))
        types { application/json json; }
        gzip on;
        gzip_types application/json;
        server {
          listen \(authority);
          root pages;
          location = /version { return 200 "$server_protocol $http_accept_encoding"; }
          location = /moved { return 302 /page.json; }
          location = /limited { add_header Retry-After 7 always; return 429 "slow down"; }
        }
      }
      """
  }

  private static func freePort() throws -> UInt16 {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(listener) }
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
