import Connectors
import Definitions
import Diagnostics
import HTTPMessages
import OrderedJSON
import Testing

struct CredentialBinderTests {
  private func draft(
    schemes: String,
    properties: String?,
    _ values: ConnectionValues
  ) throws -> HTTPRequest {
    let connector = try SampleConnector.make(
      paths: #"{"/a": {"get": {"operationId": "A"}}}"#,
      extra: "\"securityDefinitions\": \(schemes)",
      properties: properties
    )
    let builder = RequestBuilder(connector: connector, operation: connector.operations[0])
    var draft = try builder.draft(for: .named([:]))
    try CredentialBinder(connector: connector).attach(values, to: &draft)
    return draft.request
  }

  private static let header = #"{"key": {"type": "apiKey", "in": "header", "name": "X-Key"}}"#

  @Test(arguments: [
    #"{"api_key": {"type": "securestring"}, "other": {"type": "securestring"}}"#,
    #"{"key": {"type": "string"}}"#, #"{"K e-y": {"type": "string"}}"#,
    #"{"xkey": {"type": "string"}}"#,
    #"{"host": {"type": "string"}, "anything": {"type": "securestring"}}"#,
  ])
  func `an API key finds its connection parameter`(parameters: String) throws {
    let object = try JSON(parsing: parameters).objectValue ?? JSONObject()
    let values = Dictionary(uniqueKeysWithValues: object.keys.map { ($0, "v-" + $0) })
    let request = try draft(
      schemes: Self.header,
      properties: "{\"connectionParameters\": \(parameters)}",
      ConnectionValues(values: values)
    )
    let bound = ["api_key", "key", "K e-y", "xkey", "anything"].first { values[$0] != nil } ?? ""
    #expect(request.headers["X-Key"] == "v-" + bound)
  }

  @Test func `a key in the query is encoded once`() throws {
    let request = try draft(
      schemes: #"{"q": {"type": "apiKey", "in": "query", "name": "code"}}"#,
      properties: #"{"connectionParameters": {"api_key": {"type": "securestring"}}}"#,
      ConnectionValues(values: ["api_key": "a b&c=="])
    )
    #expect(request.target == "/v1/a?code=a%20b%26c%3D%3D")
  }

  @Test func `basic credentials are UTF-8 and a missing half is empty`() throws {
    let properties = #"""
      {"connectionParameters": {"username": {"type": "string"}, "password": {"type": "securestring"}}}
      """#
    let request = try draft(
      schemes: #"{"b": {"type": "basic"}}"#,
      properties: properties,
      ConnectionValues(values: ["username": "jürgen"])
    )
    #expect(request.headers["Authorization"] == "Basic asO8cmdlbjo=")
  }

  @Test func `a sign-in sends its token, also without a security definition`() throws {
    let properties = #"{"connectionParameters": {"token": {"type": "oauthSetting"}}}"#
    let request = try draft(schemes: "{}", properties: properties, ConnectionValues(token: "t"))
    #expect(request.headers["Authorization"] == "Bearer t")
    #expect(throws: Diagnostic.self) {
      try draft(schemes: "{}", properties: properties, ConnectionValues())
    }
  }

  @Test func `only the chosen set takes part`() throws {
    let properties = #"""
      {"connectionParameterSets": {"values": [
        {"name": "key", "parameters": {"api_key": {"type": "securestring"}}},
        {"name": "user", "parameters": {"username": {"type": "string"}, "password": {"type": "securestring"}}}]}}
      """#
    let schemes = #"""
      {"k": {"type": "apiKey", "in": "header", "name": "X-Key"}, "b": {"type": "basic"}}
      """#
    let values = ["api_key": "k", "username": "u", "password": "p"]
    let first = try draft(
      schemes: schemes,
      properties: properties,
      ConnectionValues(parameterSet: "key", values: values)
    )
    #expect(first.headers["X-Key"] == "k" && first.headers["Authorization"] == nil)
    let second = try draft(
      schemes: schemes,
      properties: properties,
      ConnectionValues(parameterSet: "User", values: values)
    )
    #expect(second.headers["X-Key"] == nil && second.headers["Authorization"] == "Basic dTpw")
  }

  @Test func `missing, unknown and misspelt values are reported`() throws {
    let connector = try SampleConnector.shipped("azure-communication-identity")
    let missing = ConnectionCheck.diagnostics(
      ConnectionValues(values: ["apikey": "x"]),
      for: connector
    )
    #expect(missing.map(\.code) == [.missingConnectionValue, .unknownConnectionValue])
    #expect(missing.last?.hint == "did you mean 'api_key'?")
    let set = ConnectionCheck.diagnostics(ConnectionValues(parameterSet: "Defautl"), for: connector)
    #expect(set.map(\.hint) == ["did you mean 'Default'?"])
  }

  @Test func `the key inside a connection string is masked, too`() throws {
    let connector = try SampleConnector.shipped("azure-communication-identity")
    let key = Base64.encode(Array(0..<48))
    let values = ["api_key": "endpoint=https://r.example/;accesskey=\(key)"]
    let mask = SecretMask(ConnectionValues(values: values), of: connector)
    #expect(mask.text("k=\(key);") == "k=*sanitized*;")
  }

  @Test func `secrets are masked wherever they stand`() throws {
    let connector = try SampleConnector.make(
      paths: "{}",
      properties:
        #"{"connectionParameters": {"api_key": {"type": "securestring"}, "site": {"type": "string"}}}"#
    )
    let mask = SecretMask(
      ConnectionValues(values: ["api_key": "s/cret", "site": "s1"], token: "tok"),
      of: connector
    )
    let masked = mask.request(
      HTTPRequest(
        method: "GET",
        scheme: "https",
        authority: "a",
        target: "/s1?k=s%2Fcret",
        headers: ["Authorization": "Bearer tok", "X-Key": "Key s/cret", "X": "s1"],
        body: Array("{\"a\":\"s/cret\"}".utf8)
      )
    )
    #expect(masked.target == "/s1?k=*sanitized*")
    #expect(masked.headers["Authorization"] == "Bearer *sanitized*")
    #expect(masked.headers["X-Key"] == "Key *sanitized*")
    #expect(masked.headers["X"] == "s1")
    #expect(String(decoding: masked.body, as: UTF8.self) == "{\"a\":\"*sanitized*\"}")
  }
}
