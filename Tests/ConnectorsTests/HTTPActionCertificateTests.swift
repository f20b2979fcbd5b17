import Connectors
import Diagnostics
import HTTPMessages
import OrderedJSON
import Testing

struct HTTPActionCertificateTests {
  private func inputs(_ authentication: JSON, uri: JSON = "https://a.example") -> JSON {
    ["method": "GET", "uri": uri, "authentication": authentication]
  }

  @Test func `a certificate comes with its password`() throws {
    let inputs = inputs(["type": "clientCertificate", "pfx": "AQID\n", "password": "p"])
    let certificate = try HTTPActionAuthentication.certificate(in: inputs)
    #expect(certificate?.pkcs12 == [1, 2, 3])
    #expect(certificate?.password == "p")
    #expect(try HTTPActionRequest.request(from: inputs).headers["Authorization"] == nil)
  }

  @Test func `a certificate may have no password`() throws {
    let inputs = inputs(["type": "ClientCertificate", "pfx": "AQID"])
    #expect(try HTTPActionAuthentication.certificate(in: inputs)?.password.isEmpty == true)
  }

  @Test(arguments: [["type": "Raw", "value": "x"], .null, "text"] as [JSON])
  func `other kinds show no certificate`(_ authentication: JSON) throws {
    #expect(try HTTPActionAuthentication.certificate(in: inputs(authentication)) == nil)
    #expect(try HTTPActionAuthentication.certificate(in: ["method": "GET"]) == nil)
  }

  @Test(
    arguments: [
      ["type": "ClientCertificate", "pfx": "s3cret!"], ["type": "ClientCertificate", "pfx": "\n"],
      ["type": "ClientCertificate", "pfx": ""], ["type": "ClientCertificate"],
    ] as [JSON]
  )
  func `an unusable pfx is explained without repeating it`(_ authentication: JSON) {
    let inputs = inputs(authentication)
    for check in [certificate, request] {
      let problem = #expect(throws: Diagnostic.self) { try check(inputs) }
      #expect(problem?.code == .unusableHTTPAction)
      #expect(problem?.message.contains("'pfx'") == true)
      #expect("\(String(describing: problem))".contains("s3cret") == false)
    }
  }

  @Test func `a certificate needs https`() {
    let authentication: JSON = ["type": "ClientCertificate", "pfx": "AQID"]
    let problem = #expect(throws: Diagnostic.self) {
      try request(inputs(authentication, uri: "http://a.example"))
    }
    #expect(problem?.message.contains("no https URL") == true)
  }

  private func certificate(_ inputs: JSON) throws {
    _ = try HTTPActionAuthentication.certificate(in: inputs)
  }

  private func request(_ inputs: JSON) throws {
    _ = try HTTPActionRequest.request(from: inputs)
  }
}
