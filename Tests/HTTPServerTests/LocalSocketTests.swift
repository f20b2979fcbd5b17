import CurlTransport
import Diagnostics
import Foundation
import HTTPMessages
import HTTPServer
import Seams
import Testing

/// The socket in the file system.
@Suite(.serialized)
struct LocalSocketTests {
  private let path = FileManager.default.temporaryDirectory
    .appending(path: "weir-\(UUID().uuidString.prefix(8)).sock").path

  private func serve() throws -> HTTPServer {
    var settings = ServerSettings()
    settings.socketPath = path
    let address = ListenAddress(host: "127.0.0.1", port: 0)
    return try HTTPServer(on: address, settings: settings) { request, peer in
      let text = "\(request.target) \(peer.isLocal) [\(peer.host)]"
      return HTTPResponse(status: 200, body: Array(text.utf8) + request.body)
    }
  }

  private func answer(through socket: String?, _ server: HTTPServer) async throws -> String {
    let transport = CurlTransport(userAgent: "weir/test")
    let request = HTTPRequest(
      method: "POST",
      scheme: "http",
      authority: "127.0.0.1:\(server.address.port)",
      target: "/x?y=1",
      body: Array(" body".utf8)
    )
    var limits = TransferLimits.standard
    limits.socketPath = socket
    let response = try await transport.send(request, limits: limits)
    await transport.close()
    return String(decoding: response.body, as: UTF8.self)
  }

  @Test func `the same handler answers there, and knows who comes from this machine`() async throws
  {
    let server = try serve()
    #expect(try await answer(through: path, server) == "/x?y=1 true [] body")
    #expect(try await answer(through: nil, server) == "/x?y=1 false [127.0.0.1] body")
    await server.stop()
  }

  @Test func `nobody but the user may open it, and it goes with the server`() async throws {
    let server = try serve()
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    await server.stop()
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test func `the socket of a dead process is replaced`() async throws {
    // Bound and closed again, as a killed process leaves it.
    let left = ListenerThatDied(path)
    #expect(left.exists)
    let server = try serve()
    #expect(try await answer(through: path, server).hasPrefix("/x?y=1 true"))
    await server.stop()
  }

  @Test func `the socket of a living process is left alone`() async throws {
    let server = try serve()
    let problem = #expect(throws: Diagnostic.self) { try serve() }
    #expect(problem?.code == .localSocketInUse)
    #expect(try await answer(through: path, server).hasPrefix("/x?y=1 true"))
    await server.stop()
  }

  @Test func `a file that is no socket is left alone`() async throws {
    try Data("precious".utf8).write(to: URL(filePath: path))
    let problem = #expect(throws: Diagnostic.self) { try serve() }
    #expect(problem?.code == .unusableLocalSocket)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "precious")
    try FileManager.default.removeItem(atPath: path)
  }

  @Test(arguments: ["", "/no/such/folder/x.sock", String(repeating: "x", count: 200)])
  func `a path that cannot be used is named`(_ path: String) throws {
    var settings = ServerSettings()
    settings.socketPath = path
    let address = ListenAddress(host: "127.0.0.1", port: 0)
    let problem = #expect(throws: Diagnostic.self) {
      try HTTPServer(on: address, settings: settings) { _, _ in HTTPResponse(status: 200) }
    }
    #expect(problem?.code == .unusableLocalSocket)
    #expect(problem?.message.contains("'\(path)'") == true)
  }

  @Test func `a transport says when nobody listens there`() async throws {
    let transport = CurlTransport(userAgent: "weir/test")
    var limits = TransferLimits.standard
    limits.socketPath = path
    let request = HTTPRequest(method: "GET", scheme: "http", authority: "weir", target: "/")
    let failure = await #expect(throws: TransportFailure.self) {
      try await transport.send(request, limits: limits)
    }
    #expect(failure?.kind == .connection)
    await transport.close()
  }
}

/// What a process that was killed leaves in the file system.
private struct ListenerThatDied {
  let exists: Bool

  init(_ path: String) {
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
    let isBound = withUnsafePointer(to: address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
      }
    }
    close(descriptor)
    exists = isBound && FileManager.default.fileExists(atPath: path)
  }
}
