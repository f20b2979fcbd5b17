import Connectors
import Definitions
import Fixtures
import HTTPMessages
import OrderedJSON
import Testing

struct ResponseDecoderTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var document: JSON
    var testDescription: String { document["name"]?.stringValue ?? "" }

    static func all() throws -> [Case] {
      try (Fixtures.json("ConnectorsTests/Data/responses.json").arrayValue ?? []).map {
        Case(document: $0)
      }
    }
  }

  private func decoder(_ schema: JSON?) throws -> ResponseDecoder {
    guard let schema else { return ResponseDecoder() }
    let connector = try SampleConnector.make(
      paths: """
        {"/a": {"get": {"operationId": "A", "responses": {"200": {"schema": \(schema.text)}}}}}
        """
    )
    return ResponseDecoder(operation: connector.operations[0], of: connector)
  }

  @Test(arguments: try Case.all())
  func `decodes as the fixture says`(_ test: Case) throws {
    let document = test.document
    let bytes =
      document["text"]?.stringValue.map { Array($0.utf8) }
      ?? document["base64"]?.stringValue.flatMap(Base64.decode) ?? []
    var headers = HTTPFields()
    headers["Content-Type"] = document["type"]?.stringValue
    let outputs = try decoder(document["schema"]).outputs(
      of: HTTPResponse(status: 200, headers: headers, body: bytes)
    )
    if let parts = document["parts"] {
      #expect(outputs["body"]?["$multipart"] == parts)
      #expect(outputs["body"]?["$content"]?.stringValue == Base64.encode(bytes))
    } else if document["body"] == "absent" {
      #expect(outputs["body"] == nil)
    } else {
      #expect(outputs["body"] == document["body"])
    }
    #expect(outputs["statusCode"] == 200)
  }

  @Test func `headers keep their case and repeated ones are joined`() {
    let headers = ResponseDecoder.headers(
      HTTPFields([
        .init(name: "X-One", value: "1"), .init(name: "Set-Cookie", value: "a"),
        .init(name: "x-one", value: "2"),
      ])
    )
    #expect(headers == ["X-One": "1,2", "Set-Cookie": "a"])
  }

  @Test func `what was received is sent on unchanged`() throws {
    let bytes = Array("--b\r\nA: 1\r\n\r\nx\r\n--b--\r\n".utf8)
    let type = "multipart/mixed; boundary=b"
    let body = ResponseDecoder().body(bytes, type: type)
    let connector = try SampleConnector.make(
      paths: """
        {"/a": {"post": {"operationId": "A", "parameters": [
          {"name": "body", "in": "body", "schema": {}}]}}}
        """
    )
    let builder = RequestBuilder(connector: connector, operation: connector.operations[0])
    let request = try builder.draft(for: .named(["body": body ?? .null])).request
    #expect(request.body == bytes)
    #expect(request.headers["Content-Type"] == type)
  }

  @Test func `secret members are masked, also in arrays`() throws {
    let connector = try SampleConnector.shipped("azure-communication-identity")
    let operation = try #require(connector.operation("IssueIdentityAccessToken"))
    let pointers = SecretMembers.pointers(for: operation, of: connector)
    let outputs: JSON = ["body": ["token": "t", "expiresOn": "e"]]
    #expect(
      SecretMembers.masked(outputs, at: pointers)
        == ["body": ["token": "*sanitized*", "expiresOn": "e"]]
    )
    let list: JSON = ["body": [["k": "1"], ["k": "2", "o": 3], "x"]]
    #expect(
      SecretMembers.masked(list, at: [JSONPointer(["body", "*", "k"])])
        == ["body": [["k": "*sanitized*"], ["k": "*sanitized*", "o": 3], "x"]]
    )
  }
}
