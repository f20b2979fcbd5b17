import Connectors
import Definitions
import Foundation
import HTTPMessages
import OrderedJSON
import Testing

/// The checker itself: it must object to every request that is not the one of the inputs.
struct RequestCheckerTests {
  private static let paths = """
    {"/lists/{id}/of('{name}')": {"parameters": [
      {"name": "id", "in": "path", "required": true, "type": "string"},
      {"name": "name", "in": "path", "required": true, "type": "string",
       "x-ms-url-encoding": "double"}],
      "post": {"operationId": "Json", "parameters": [
        {"name": "q", "in": "query", "type": "string"},
        {"name": "tags", "in": "query", "type": "array", "items": {"type": "string"}},
        {"name": "v", "in": "query", "type": "string", "required": true, "default": "2",
         "x-ms-visibility": "internal"},
        {"name": "X-Mode", "in": "header", "type": "string"},
        {"name": "body", "in": "body", "required": true, "schema": {"$ref": "#/definitions/Item"}}]}},
     "/form": {"post": {"operationId": "Form",
      "consumes": ["application/x-www-form-urlencoded"], "parameters": [
        {"name": "a", "in": "formData", "type": "string"},
        {"name": "b", "in": "formData", "type": "integer"}]}},
     "/file": {"post": {"operationId": "File", "consumes": ["multipart/form-data"], "parameters": [
        {"name": "a", "in": "formData", "type": "string"},
        {"name": "f", "in": "formData", "type": "file"}]}}}
    """

  private static let definitions = """
    "definitions": {"Base": {"type": "object", "required": ["kind"], "properties": {
        "kind": {"type": "string", "default": "item", "x-ms-visibility": "internal"}}},
      "Item": {"allOf": [{"$ref": "#/definitions/Base"}], "type": "object",
       "required": ["title", "owner"], "properties": {
        "title": {"type": "string", "maxLength": 20}, "color": {"type": "string",
        "enum": ["red", "green"]}, "count": {"type": "integer", "minimum": 3},
        "owner": {"$ref": "#/definitions/Owner"}, "parent": {"$ref": "#/definitions/Item"},
        "made": {"type": "string", "readOnly": true},
        "ids": {"type": "array", "minItems": 1, "items": {"type": "string", "format": "uuid"}}}},
      "Owner": {"type": "object", "required": ["source"], "additionalProperties": false,
       "properties": {"name": {"type": "string"}, "source": {"type": "string",
        "default": "weir", "x-ms-visibility": "internal"}}}}
    """

  /// The request of an operation for made-up inputs, and what checks it.
  private func request(_ id: String, _ extent: GeneratedInputs.Extent = .everything) throws
    -> (HTTPRequest, RequestChecker)
  {
    let connector = try SampleConnector.make(paths: Self.paths, extra: Self.definitions)
    let operation = try #require(connector.operation(id))
    let generated = GeneratedInputs(
      root: connector.document,
      item: connector.document["paths"]?[operation.path.text] ?? .null,
      operation: .object(operation.definition),
      extent: extent
    )
    let builder = RequestBuilder(connector: connector, operation: operation)
    let checker = RequestChecker(
      root: connector.document,
      method: "post",
      template: operation.path.text,
      inputs: generated.inputs,
      parameters: generated.parameters
    )
    return (try builder.draft(for: .named(generated.inputs)).request, checker)
  }

  @Test(arguments: ["Json", "Form", "File"], GeneratedInputs.Extent.allCases)
  func `what the builder makes passes`(_ id: String, _ extent: GeneratedInputs.Extent) throws {
    let (request, checker) = try request(id, extent)
    #expect(checker.defects(of: request) == [])
  }

  @Test(arguments: [
    ("a%20b%2Fc", "a%20b/c"), ("a%2520b", "a%20b"), ("/lists/", "/list/"), ("')?", "')/x?"),
    ("q=a%20b", "q=a%2520b"), ("&v=a%20b%2Fc%26d%3D%C3%A9", ""), ("&v=a", "&v=b"),
    ("&tags=", "&tag="), ("&v=", "&more=1&v="), ("%2C", "&tags="), ("/v1/", "/v2/"),
    ("%C3%A9", "%E9"),
  ])
  func `another target is objected to`(_ part: String, _ replacement: String) throws {
    var (request, checker) = try request("Json")
    let target = request.target.replacing(part, with: replacement, maxReplacements: 1)
    #expect(target != request.target, "\(part) is not in \(request.target)")
    request.target = target
    #expect(!checker.defects(of: request).isEmpty, "\(target)")
  }

  @Test func `another method, host, header or body is objected to`() throws {
    let (request, checker) = try request("Json")
    var others = [HTTPRequest](repeating: request, count: 6)
    others[0].method = "PUT"
    others[1].authority = "api.example.net"
    others[2].headers["X-Mode"] = "other"
    others[3].headers["X-Mode"] = nil
    others[4].body = []
    others[5].body.removeLast()
    for other in others { #expect(!checker.defects(of: other).isEmpty) }
  }

  /// Texts in the body for everything, each once with what makes it invalid.
  @Test(arguments: [
    (#""title":"a b/c&d=é","#, ""), (#""title":"a b/c&d=é""#, #""title":"other""#),
    (#""title":"a b/c&d=é""#, #""title":7"#), (#""count":7"#, #""count":2"#),
    (#""count":7"#, #""count":"7""#), (#""color":"red""#, #""color":"blue""#),
    (#""source":"a b/c&d=é""#, #""source":"a b/c&d=é","more":1"#),
    (#""parent":{"#, #""parent":{"made":"x","#), (#""parent":{"#, #""parent":null,"other":{"#),
    ("0B7F2A3C", "no-uuid-"),
  ])
  func `a body that its schema does not allow is objected to`(
    _ part: String,
    _ replacement: String
  ) throws {
    var (request, checker) = try request("Json")
    let body = String(decoding: request.body, as: UTF8.self)
    let other = body.replacing(part, with: replacement, maxReplacements: 1)
    #expect(other != body, "\(part) is not in \(body)")
    request.body = Array(other.utf8)
    #expect(!checker.defects(of: request).isEmpty, "\(other)")
  }

  @Test func `a missing default of an internal member is objected to, at any depth`() throws {
    let (request, checker) = try request("Json", .least)
    let body = try JSON(parsing: request.body)
    #expect(body["kind"] == "item" && body["owner"]?["source"] == "weir")
    for name in ["kind", "owner"] {
      var other = request
      var object = try #require(body.objectValue)
      object[name] = name == "owner" ? [:] : nil
      other.body = JSON.object(object).bytes
      #expect(!checker.defects(of: other).isEmpty, "\(name)")
    }
  }

  @Test(arguments: [
    ("Form", "b=7", "b=8"), ("Form", "&b=7", ""), ("Form", "%26d", "&d"), ("Form", "a=", "c="),
    ("File", "file text", "file tex"), ("File", "; filename=\"f\"", ""),
    ("File", "=\"a\"", "=\"c\""),
    ("File", "\r\n\r\na b", "\r\na b"), ("File", "--\r\n", "\r\n"),
  ])
  func `another form is objected to`(_ id: String, _ part: String, _ replacement: String) throws {
    var (request, checker) = try request(id)
    let body = String(decoding: request.body, as: UTF8.self)
    // Swift takes a carriage return with its line feed for one character.
    let other = body.replacingOccurrences(of: part, with: replacement)
    #expect(other != body, "\(part) is not in \(body)")
    request.body = Array(other.utf8)
    #expect(!checker.defects(of: request).isEmpty, "\(other)")
  }
}
