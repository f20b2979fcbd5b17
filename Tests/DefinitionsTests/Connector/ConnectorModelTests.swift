import Definitions
import OrderedJSON
import Testing

struct ConnectorModelTests {
  @Test(arguments: [
    ("/tasks('{id}')", "/tasks('a%2Fb')", ["a%2Fb"]),
    ("/a/{x}/b/{y}", "/A/1/b/2", ["1", "2"]),
    ("/a/{x}-{y}", "/a/1-2-3", ["1-2", "3"]),
    ("/a", "/a", []),
  ])
  func `a template gives the values in a path`(template: String, path: String, values: [String]) {
    #expect(PathTemplate(template).match(path)?.map(\.value) == values)
  }

  @Test(arguments: [("/a/{x}", "/a/"), ("/a/{x}", "/a/b/c"), ("/a", "/ab"), ("/a/{x}/b", "/a//b")])
  func `a path of another shape does not match`(template: String, path: String) {
    #expect(PathTemplate(template).match(path) == nil)
  }

  @Test func `a template with many variables in one segment gives up in time`() {
    let template = PathTemplate("/" + String(repeating: "{a}", count: 12) + "!")
    #expect(template.match("/" + String(repeating: "x", count: 400)) == nil)
  }

  @Test func `a recursive schema is a loop of nodes`() throws {
    let root = try JSON(
      parsing: """
        {"definitions": {"tree": {"type": "object", "required": ["name"], "properties": {
          "name": {"type": "string", "default": "n"},
          "children": {"type": "array", "items": {"$ref": "#/definitions/tree"}}}}}}
        """
    )
    let graph = SchemaResolver(root: root).graph(of: ["$ref": "#/definitions/tree"])
    #expect(graph.nodes.count == 3)
    #expect(graph.node(at: ["children", "0", "children", "7", "name"]) != nil)
    #expect(graph.node(at: ["children", "0", "nme"]) == nil)
    #expect(graph[graph.root].definitionName == "tree")
  }

  @Test func `allOf merges properties and required names`() throws {
    let root = try JSON(
      parsing: """
        {"definitions": {"base": {"properties": {"a": {"type": "string"}}, "required": ["a"]}}}
        """
    )
    let graph = SchemaResolver(root: root).graph(
      of: ["allOf": [["$ref": "#/definitions/base"], ["properties": ["b": ["type": "integer"]]]]]
    )
    let node = graph[graph.root]
    #expect(node.properties.map(\.name) == ["a", "b"])
    #expect(node.properties.map(\.isRequired) == [true, false])
    #expect(node.type == "object")
  }

  @Test func `schemas that include themselves end`() throws {
    let root = try JSON(
      parsing: """
        {"definitions": {"a": {"allOf": [{"$ref": "#/definitions/a"}, {"$ref": "#/definitions/a"}]},
          "b": {"$ref": "#/definitions/c"}, "c": {"$ref": "#/definitions/b"}}}
        """
    )
    let resolver = SchemaResolver(root: root)
    #expect(resolver.graph(of: ["$ref": "#/definitions/a"]).nodes.count == 1)
    #expect(resolver.resolve(["$ref": "#/definitions/b"]).isEmpty)
  }

  @Test func `the notification property is found at any depth`() throws {
    let schema = try JSON(
      parsing: """
        {"properties": {"hook": {"properties": {"url":
          {"type": "string", "x-ms-notification-url": true}}}}}
        """
    )
    #expect(SchemaResolver(root: .null).graph(of: schema).notificationURLPath == ["hook", "url"])
  }

  @Test func `siblings of a reference describe the place of use`() throws {
    let root = try JSON(
      parsing: """
        {"definitions": {"s": {"type": "string", "default": "d", "x-ms-visibility": "advanced"}}}
        """
    )
    let graph = SchemaResolver(root: root).graph(
      of: ["properties": ["p": ["$ref": "#/definitions/s", "x-ms-visibility": "internal"]]]
    )
    let property = try #require(graph[graph.root].property("p"))
    #expect(property.visibility == .internal)
    #expect(property.defaultValue == "d")
    #expect(graph[property.node].type == "string")
  }

  @Test func `a dynamic list wins over dynamic values`() throws {
    let definition = try JSON(
      parsing: """
        {"x-ms-dynamic-values": {"operationId": "Old", "value-path": "id", "value-title": "name"},
         "x-ms-dynamic-list": {"operationId": "New", "itemsPath": "value", "itemValuePath": "a/b",
           "itemTitlePath": "t", "parameters": {"s": {"parameterReference": "body/site"}, "n": {"value": 1}}}}
        """
    )
    let object = try #require(definition.objectValue)
    let source = try #require(DynamicSource(object))
    #expect(source.operationID == "New")
    #expect(source.valuePath == ["a", "b"])
    #expect(source.arguments.count == 2)
  }

  @Test(arguments: [
    (["200"], "200"), (["404"], nil), (["default"], "default"), (["204", "201", "400"], "201"),
    (["default", "404"], "default"), (["201", "200"], "200"), (["202", "404"], nil),
  ])
  func `one declared response describes the outputs`(statuses: [String], chosen: String?) throws {
    let list = statuses.map { "\"\($0)\": {}" }.joined(separator: ",")
    let connector = try SampleConnector.connector(
      SampleConnector.files(
        paths: #"{"/a": {"get": {"operationId": "A", "responses": {"# + list + "}}}}"
      )
    )
    #expect(connector.operation("A")?.describedResponse?.status == chosen)
  }
}
