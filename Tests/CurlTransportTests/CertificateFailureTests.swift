import CCurl
import Seams
import Testing

@testable import CurlTransport

struct CertificateFailureTests {
  @Test(arguments: [
    "OpenSSL SSL_read: error:0A00045C:SSL routines::tlsv13 alert certificate required, errno 0",
    "OpenSSL SSL_read: error:0A000418:SSL routines::tlsv1 alert unknown ca, errno 0",
  ])
  func `a refusal after the handshake does not pass by itself`(_ detail: String) {
    let failure = TransportFailure(CURLE_RECV_ERROR, authority: "host:1", detail: detail)
    #expect(failure.kind == .tls && !failure.isTransient)
  }

  @Test func `a connection that breaks while it is read may come back`() {
    let detail = "OpenSSL SSL_read: Connection reset by peer, errno 104"
    let failure = TransportFailure(CURLE_RECV_ERROR, authority: "host:1", detail: detail)
    #expect(failure.kind == .connection)
  }

  @Test func `a server that asks for a certificate is understood`() {
    let failure = TransportFailure(CURLE_SSL_CLIENTCERT, authority: "host:1", detail: "")
    #expect(failure.kind == .tls)
    #expect(failure.message.contains("asks for a client certificate"))
  }

  @Test func `a certificate encrypted in an old way is understood`() {
    let detail =
      "could not parse PKCS12 file, check password, OpenSSL error "
      + "error:0308010C:digital envelope routines::unsupported"
    let failure = TransportFailure(CURLE_SSL_CERTPROBLEM, authority: "host:1", detail: detail)
    #expect(failure.message.contains("encrypted in an old way"))
  }

  @Test func `no description shows a certificate`() {
    var limits = TransferLimits.standard
    let certificate = ClientCertificate(pkcs12: [171, 205], password: "s3cret")
    limits.clientCertificate = certificate
    var text = "\(limits) \(String(reflecting: limits)) \(certificate)"
    dump(limits, to: &text)
    #expect(!text.contains("s3cret") && !text.contains("171"))
  }
}
