import Connectors
import Definitions
import Diagnostics
import HTTPMessages
import OrderedJSON
import Testing

struct PagingTests {
  private let request = HTTPRequest(
    method: "GET",
    scheme: "https",
    authority: "api.example.com",
    target: "/items?top=2",
    headers: ["Authorization": "Bearer t"]
  )

  @Test func `pages are followed and put together`() throws {
    let pager = Pager(nextLinkName: "@odata.nextLink")
    let first: JSON = ["value": [1, 2], "@odata.nextLink": "https://api.example.com/items?skip=2"]
    #expect(pager.page(first).items == [1, 2])
    let next = try #require(pager.next(after: request, first))
    #expect(next.request.target == "/items?skip=2" && next.keepsCredentials)
    #expect(pager.next(after: request, ["value": [3]]) == nil)
    #expect(pager.next(after: request, ["@odata.nextLink": ""]) == nil)
    #expect(pager.combined(first, items: [1, 2, 3]) == ["value": [1, 2, 3]])
  }

  @Test func `a next link on another host gets no credentials`() throws {
    let pager = Pager(nextLinkName: "nextLink")
    let next = try #require(pager.next(after: request, ["nextLink": "https://evil.example/"]))
    #expect(!next.keepsCredentials && next.request.headers["Authorization"] == nil)
    #expect(pager.next(after: request, ["nextLink": "http://api.example.com/"]) == nil)
  }

  @Test func `the link's place comes from the operation or its policy`() throws {
    let connector = try SampleConnector.make(
      paths: """
        {"/a": {"get": {"operationId": "A"}}, "/b": {"get": {"operationId": "B",
          "x-ms-pageable": {"nextLinkName": "nextLink"}}}, "/c": {"get": {"operationId": "C"}}}
        """,
      properties: """
        {"policyTemplateInstances": [{"templateId": "updatenextlink", "parameters": {
          "x-ms-apimTemplateParameter.nextLinkPropertyName": "next",
          "x-ms-apimTemplateParameter.nextLinkParentPropertyPath": "@body().paging",
          "x-ms-apimTemplate-operationName": ["A"]}}]}
        """
    )
    func pager(_ id: String) throws -> Pager? {
      Pager(operation: try #require(connector.operation(id)), of: connector)
    }
    #expect(try pager("A")?.page(["paging": ["next": "/x"], "rows": [1]]).nextLink == "/x")
    #expect(try pager("B")?.page(["nextLink": "/y"]).nextLink == "/y")
    #expect(try pager("C") == nil)
  }

  @Test func `choices come from another operation`() throws {
    let connector = try SampleConnector.make(
      paths: """
        {"/sites": {"get": {"operationId": "Sites"}}, "/a": {"post": {"operationId": "A",
          "parameters": [{"name": "list", "in": "query", "type": "string",
          "x-ms-dynamic-list": {"operationId": "Sites", "itemsPath": "data/rows",
            "itemValuePath": "id", "itemTitlePath": "name", "parameters": {
            "site": {"parameterReference": "body/site"}, "top": {"value": 5}}}}]}}}
        """
    )
    let parameter = try #require(connector.operation("A")?.parameter("list"))
    let source = try #require(DynamicSource(parameter.definition))
    let choices = try DynamicChoices(source: source, in: connector)
    #expect(try choices.inputs(given: ["body": ["site": "s"]]) == ["site": "s", "top": 5])
    #expect(try choices.inputs(given: ["body/site": "t"])["site"] == "t")
    #expect(throws: Diagnostic.self) { try choices.inputs(given: [:]) }
    let found = choices.choices(in: ["data": ["rows": [["id": 1, "name": "One"], ["name": "?"]]]])
    #expect(found == [DynamicChoices.Choice(value: 1, title: "One")])
  }
}
