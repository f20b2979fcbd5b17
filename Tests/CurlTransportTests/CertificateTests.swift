import HTTPMessages
import Seams
import Testing

@testable import CurlTransport

@Suite(.enabled(if: SecureServer.isAvailable, "openssl is not installed"))
struct CertificateTests {
  private let folder: CertificateFolder
  private let transport: CurlTransport

  init() throws {
    folder = try CertificateFolder()
    transport = CurlTransport(userAgent: "weir/test", certificateFile: folder.path("server.pem"))
  }

  private func limits(_ certificate: ClientCertificate?) -> TransferLimits {
    var limits = TransferLimits.standard
    limits.clientCertificate = certificate
    return limits
  }

  private func page(_ server: SecureServer, _ certificate: ClientCertificate?) async throws
    -> String
  {
    let response = try await transport.send(.get(server), limits: limits(certificate))
    return String(decoding: response.body, as: UTF8.self)
  }

  @Test func `an authority of one's own is trusted`() async throws {
    let server = try SecureServer(folder)
    #expect(try await page(server, nil).contains("no client certificate available"))
  }

  @Test func `the authorities of the file replace the others`() async throws {
    let server = try SecureServer(folder)
    try folder.addCertificate("other")
    let transport = CurlTransport(
      userAgent: "weir/test",
      certificateFile: folder.path("other.pem")
    )
    let failure = try #require(await transport.failure(.get(server)))
    #expect(failure.kind == .tls && failure.message.contains("self-signed certificate"))
  }

  @Test func `a missing file of authorities is named`() async throws {
    let server = try SecureServer(folder)
    let transport = CurlTransport(userAgent: "weir/test", certificateFile: "/no/such.pem")
    let failure = try #require(await transport.failure(.get(server)))
    #expect(failure.kind == .tls && failure.message.contains("/no/such.pem"))
  }

  @Test(arguments: ["-tls1_2", "-tls1_3"])
  func `a server that insists gets the certificate`(_ version: String) async throws {
    let certificate = try folder.clientCertificate("client", password: "pä ss")
    let server = try SecureServer(
      folder,
      [version, "-CAfile", "client.pem", "-Verify", "1", "-verify_return_error"]
    )
    #expect(try await page(server, certificate).contains("Subject: CN=client"))
  }

  @Test(arguments: ["-tls1_2", "-tls1_3"])
  func `a server that insists refuses who shows none`(_ version: String) async throws {
    let server = try SecureServer(folder, [version, "-Verify", "1"])
    let failure = try #require(await transport.failure(.get(server)))
    #expect(failure.kind == .tls, "\(failure.message)")
  }

  @Test func `requests of several certificates stay apart`() async throws {
    let first = try folder.clientCertificate("first", password: "1")
    let second = try folder.clientCertificate("second", password: "")
    let server = try SecureServer(folder, ["-verify", "1"])
    for _ in 0..<2 {
      #expect(try await page(server, first).contains("Subject: CN=first"))
      #expect(try await page(server, second).contains("Subject: CN=second"))
      #expect(try await page(server, nil).contains("no client certificate available"))
    }
  }

  @Test func `a wrong password is told without repeating it`() async throws {
    var certificate = try folder.clientCertificate("client", password: "right")
    certificate.password = "s3cret"
    let server = try SecureServer(folder)
    let failure = try #require(await transport.failure(.get(server), limits(certificate)))
    #expect(failure.kind == .tls)
    #expect(failure.message.contains("password is wrong"))
    #expect(failure.message.contains("'\(server.authority)'"))
    #expect(!failure.message.contains("s3cret"))
  }

  @Test func `what is no certificate is told without repeating it`() async throws {
    let certificate = ClientCertificate(pkcs12: Array("s3cret".utf8), password: "")
    let server = try SecureServer(folder)
    let failure = try #require(await transport.failure(.get(server), limits(certificate)))
    #expect(failure.kind == .tls)
    #expect(failure.message.contains("is no PKCS #12 (pfx) file"))
    #expect(!failure.message.contains("s3cret"))
  }
}
