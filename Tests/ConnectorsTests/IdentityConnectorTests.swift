import Connectors
import Definitions
import Diagnostics
import HTTPMessages
import OrderedJSON
import Testing
import Timekeeping

struct IdentityConnectorTests {
  private static let string =
    "endpoint=http://127.0.0.1:7080/;accesskey=\(Base64.encode([1, 2, 3]))"

  private func send(_ id: String, _ inputs: JSONObject) throws -> PreparedRequest {
    let connector = try SampleConnector.shipped("azure-communication-identity")
    let call = ConnectorCall(connector: connector, operation: try #require(connector.operation(id)))
    let connection = ConnectionValues(values: ["api_key": Self.string])
    guard
      case .send(let prepared, _) = try call.step(inputs: .named(inputs), connection: connection)
    else { throw Diagnostic(.notExecutable, "a look-up") }
    return prepared
  }

  @Test func `a user without a token is created by an empty body`() throws {
    let request = try send("CreateCommunicationIdentity", [:]).request
    #expect(request.url == "http://127.0.0.1:7080/identities?api-version=2023-10-01")
    #expect(request.method == "POST" && request.body.isEmpty)
  }

  @Test func `scopes and lifetime go into the body`() throws {
    let request = try send(
      "CreateCommunicationIdentity",
      ["body/createTokenWithScopes": ["chat", "voip"], "body/expiresInMinutes": 60]
    ).request
    #expect(
      String(decoding: request.body, as: UTF8.self)
        == #"{"createTokenWithScopes":["chat","voip"],"expiresInMinutes":60}"#
    )
    #expect(request.headers["Content-Type"] == "application/json")
  }

  @Test func `issuing a token asks for chat unless told otherwise`() throws {
    let request = try send("IssueIdentityAccessToken", ["identityId": "8:acs:1_2"]).request
    #expect(request.target == "/identities/8%3Aacs%3A1_2/:issueAccessToken?api-version=2023-10-01")
    #expect(String(decoding: request.body, as: UTF8.self) == #"{"scopes":["chat"]}"#)
  }

  @Test func `each attempt is signed anew and the key stays here`() throws {
    let prepared = try send("RevokeIdentityAccessTokens", ["identityId": "8:acs:1_2"])
    #expect(prepared.request.headers["Authorization"] == nil)
    let first = prepared.signed(at: Timestamp(seconds: 1), with: ReferenceDigests.digests)
    let second = prepared.signed(at: Timestamp(seconds: 2), with: ReferenceDigests.digests)
    #expect(first.headers["Authorization"] != second.headers["Authorization"])
    let key = Base64.encode([1, 2, 3])
    #expect(!first.headers.fields.contains { $0.value.contains(key) })
  }

  @Test func `a missing connection string is named, not shown`() throws {
    let connector = try SampleConnector.shipped("azure-communication-identity")
    let operation = try #require(connector.operation("DeleteCommunicationIdentity"))
    #expect(throws: Diagnostic.self) {
      try ConnectorCall(connector: connector, operation: operation)
        .step(inputs: .named(["identityId": "x"]), connection: ConnectionValues())
    }
  }

  @Test func `the definition has no defect and no advice`() throws {
    let (connector, diagnostics) = try ConnectorDecoder.validate(
      CorpusFolder.files(in: SampleConnector.folder("azure-communication-identity"))
    )
    #expect(connector?.operations.count == 4)
    #expect(connector?.runtime.throttling == .init(calls: 100, renewalPeriod: .seconds(60)))
    #expect(connector?.runtime.isShareable == false)
    #expect(diagnostics.filter { $0.code != .certificationAdvice }.isEmpty, "\(diagnostics)")
  }
}
