import HTTPMessages
import OrderedJSON
import Testing

@testable import AzureSandbox

struct SIPRoutingTests {
  private let bench = TestBench()
  private static let version = "?api-version=2023-03-01"

  private func patch(_ body: String, type: String = "application/merge-patch+json") async
    -> TestBench.Answer
  {
    let headers: HTTPFields = ["Content-Type": type]
    return await bench.send("PATCH", "/sip" + Self.version, body, headers: headers)
  }

  private func show() async -> JSON { await bench.send("GET", "/sip" + Self.version).json }

  @Test func `trunks are changed one by one, routes all at once`() async {
    #expect(await show() == ["trunks": [:], "routes": []])
    let trunks =
      #"{"trunks":{"a.example.org":{"sipSignalingPort":5061},"#
      + #""b.example.org":{"sipSignalingPort":5062}}}"#
    #expect(await patch(trunks).status == 200)
    let route: JSON = [
      "description": "All", "name": "all", "numberPattern": #"^\+\d+$"#,
      "trunks": ["b.example.org"],
    ]
    let routes: JSON = ["routes": [route]]
    #expect(await patch(routes.text).json["routes"] == [route])
    #expect(await patch(#"{"trunks":{"a.example.org":null}}"#).status == 200)
    #expect(
      await patch(#"{"trunks":{"B.example.org":{"sipSignalingPort":5063}}}"#).json["trunks"]
        == ["B.example.org": ["sipSignalingPort": 5063]]
    )
    #expect(await patch(#"{"routes":[]}"#).json["routes"] == [])
  }

  @Test(arguments: [
    (#"{}"#, 422, "EmptyPatch"), (#"{"trunks":{}}"#, 422, "EmptyPatch"),
    (#"{"trunks":{"-1":{"sipSignalingPort":5061}}}"#, 422, "InvalidTrunkFqdn"),
    (#"{"trunks":{"a.example.org":{"sipSignalingPort":0}}}"#, 422, "InvalidTrunkSipSignalingPort"),
    (#"{"trunks":{"a.example.org":{}}}"#, 422, "InvalidTrunkSipSignalingPort"),
    (#"{"routes":[{"name":"","numberPattern":"1"}]}"#, 422, "InvalidRouteName"),
    (#"{"routes":[{"name":"x","numberPattern":""}]}"#, 422, "InvalidRouteNumberPattern"),
    (
      #"{"routes":[{"name":"x","numberPattern":"1","trunks":["no.example.org"]}]}"#, 422,
      "MissingTrunk"
    ),
    (
      #"{"routes":[{"name":"x","numberPattern":"1"},{"name":"x","numberPattern":"2"}]}"#, 400,
      "DuplicatedRoute"
    ),
    (
      #"{"routes":[{"name":"x","numberPattern":"1","trunks":["a.b","A.b"]}]}"#, 400,
      "RouteWithDuplicatedTrunk"
    ),
  ])
  func `what does not hang together is refused with its cause, and nothing changes`(
    _ body: String,
    _ status: Int,
    _ cause: String
  ) async {
    let answer = await patch(body)
    #expect(answer.status == status)
    #expect(answer.code == "UnprocessableConfiguration")
    #expect(answer.message == "One or more request inputs are not valid.")
    #expect(answer.json["error"]?["innererror"]?.text("code") == cause)
    #expect(await show() == ["trunks": [:], "routes": []])
  }

  @Test func `a trunk stays while a route leads to it`() async {
    let both =
      #"{"trunks":{"a.example.org":{"sipSignalingPort":5061}},"#
      + #""routes":[{"name":"x","numberPattern":"1","trunks":["a.example.org"]}]}"#
    #expect(await patch(both).status == 200)
    let refused = await patch(#"{"trunks":{"a.example.org":null}}"#)
    #expect(refused.json["error"]?["innererror"]?.text("code") == "MissingTrunk")
    #expect(await show()["trunks"]?.objectValue?.count == 1)
  }

  @Test(arguments: [
    (#"{"trunks":[]}"#, 400), (#"{"routes":{}}"#, 400), (#"["#, 400),
  ])
  func `what is no patch is a bad request`(_ body: String, _ status: Int) async {
    #expect(await patch(body).status == status)
    #expect(await patch("{}", type: "text/plain").status == 415)
  }

  @Test func `each resource has lines of its own`() async {
    let management = ManagementBench()
    await management.createService()
    let body = #"{"trunks":{"a.example.org":{"sipSignalingPort":5061}}}"#
    let target = "/sip" + Self.version
    let headers: HTTPFields = ["Content-Type": "application/merge-patch+json"]
    let bench = management.bench
    #expect(await bench.send("PATCH", target, body, headers: headers).status == 200)
    let other = bench.sandbox.resources.services.first { $0.path.name == "contoso" }
    #expect(await bench.send("GET", target, as: other).json["trunks"] == [:])
  }
}
