import HTTPMessages
import OrderedJSON
import Testing
import Timekeeping

@testable import AzureSandbox

struct RoomsTests {
  private static let query = "?api-version=2025-03-13"
  private static let patch: HTTPFields = ["Content-Type": "application/merge-patch+json"]
  private static let ana =
    "8:acs:6f1c2b3a-4d5e-4f60-8a7b-9c0d1e2f3a4b_0000002a-1b2c-3d4e-5f60-718293a4b5c6"

  private let bench = TestBench()

  private func send(
    _ method: String,
    _ path: String,
    _ body: String = "",
    query: String = RoomsTests.query,
    headers: HTTPFields = HTTPFields()
  ) async -> TestBench.Answer {
    let fields = method == "PATCH" ? Self.patch : headers
    return await bench.send(method, path + query, body, headers: fields)
  }

  /// Creates a room and returns its path.
  private func room(_ body: String = "{}") async -> String {
    "/rooms/" + (await send("POST", "/rooms", body).json.text("id"))
  }

  private func roles(_ room: String) async -> [String: String] {
    let list = await send("GET", room + "/participants").json["value"]?.arrayValue ?? []
    return Dictionary(list.map { ($0.text("rawId"), $0.text("role")) }) { $1 }
  }

  @Test(arguments: ["2023-06-14", "2024-04-15", "2025-03-13"])
  func `a room is valid from now on for 180 days`(_ version: String) async {
    let answer = await send("POST", "/rooms", query: "?api-version=" + version)
    #expect(answer.status == 201)
    #expect(answer.json.text("id").count == 17)
    #expect(answer.json.text("createdAt") == "2026-03-02T08:09:10Z")
    #expect(answer.json.text("validFrom") == "2026-03-02T08:09:10Z")
    #expect(answer.json.text("validUntil") == "2026-08-29T08:09:10Z")
    #expect(answer.json["pstnDialOutEnabled"] == false)
  }

  @Test(
    arguments: [
      #"{"validFrom":"2026-03-05T00:00:00Z","validUntil":"2026-03-04T00:00:00Z"}"#,
      #"{"validFrom":"2026-01-01T00:00:00Z","validUntil":"2026-01-02T00:00:00Z"}"#,
      #"{"validUntil":"2026-08-29T08:09:11Z"}"#, #"{"validFrom":"tomorrow"}"#,
      #"{"validUntil":12}"#, #"{"pstnDialOutEnabled":"yes"}"#, #"{"participants":["a"]}"#,
      #"{"participants":{"ana":{}}}"#,
      #"{"participants":{"8:acs:a_b":{"role":"Owner"}}}"#,
      #"{"participants":{"8:acs:a_b":"Presenter"}}"#,
    ]
  )
  func `what is no room is refused`(_ body: String) async {
    let answer = await send("POST", "/rooms", body)
    #expect(answer.status == 400)
    #expect(answer.code == "BadRequest")
    #expect(await send("GET", "/rooms").json["value"] == [])
  }

  @Test func `a room opens and closes`() async {
    let path = await room(#"{"validUntil":"2026-03-02T09:09:10Z","pstnDialOutEnabled":true}"#)
    #expect(await send("GET", path).json["pstnDialOutEnabled"] == true)
    #expect(await send("GET", "/rooms").json["value"]?.arrayValue?.count == 1)
    bench.clock.advance(.seconds(3600))
    #expect(await send("GET", path).status == 404)
    #expect(await send("PATCH", path, #"{"validUntil":"2026-04-01T00:00:00Z"}"#).status == 404)
    #expect(await send("GET", "/rooms").json["value"] == [])
  }

  @Test func `an update changes what it names`() async {
    let path = await room(#"{"validFrom":"2026-03-03T00:00:00Z"}"#)
    let patch = #"{"validFrom":null,"validUntil":"2026-03-04T00:00:00Z","pstnDialOutEnabled":null}"#
    let answer = await send("PATCH", path, patch)
    #expect(answer.status == 200)
    #expect(answer.json.text("validFrom") == "2026-03-03T00:00:00Z")
    #expect(answer.json.text("validUntil") == "2026-03-04T00:00:00Z")
    #expect(await send("GET", path).json == answer.json)
    #expect(await send("PATCH", path, #"{"validUntil":"2026-03-02T00:00:00Z"}"#).status == 400)
  }

  @Test func `participants have roles, and null takes them out`() async {
    let path = await room(
      #"{"participants":{"\#(Self.ana)":{"role":"Presenter"},"8:orgid:b":{},"4:+14255550100":{"role":null}}}"#
    )
    #expect(
      await roles(path) == [
        Self.ana: "Presenter", "8:orgid:b": "Attendee", "4:+14255550100": "Attendee",
      ]
    )
    let patch =
      #"{"participants":{"\#(Self.ana)":null,"8:orgid:b":{"role":"consumer"},"8:orgid:c":{"role":"Collaborator"},"8:orgid:d":null}}"#
    let answer = await send("PATCH", path + "/participants", patch)
    #expect(answer.status == 200)
    #expect(answer.json == [:])
    #expect(
      await roles(path) == [
        "8:orgid:b": "Consumer", "8:orgid:c": "Collaborator", "4:+14255550100": "Attendee",
      ]
    )
    #expect(await send("PATCH", path + "/participants", "{}").status == 400)
  }

  @Test func `collaborators came with 2025-03-13`() async {
    let body = #"{"participants":{"8:orgid:c":{"role":"Collaborator"}}}"#
    #expect(await send("POST", "/rooms", body, query: "?api-version=2024-04-15").status == 400)
    #expect(await send("POST", "/rooms", body).status == 201)
  }

  @Test func `a deleted room is gone`() async {
    let path = await room()
    #expect(await send("DELETE", path).status == 204)
    #expect(await send("DELETE", path).status == 404)
    #expect(await send("GET", path + "/participants").status == 404)
    #expect(await send("PATCH", path + "/participants", #"{"participants":{}}"#).status == 404)
  }

  @Test func `lists come in pages`() async {
    for _ in 0..<101 { _ = await room() }
    let first = await send("GET", "/rooms").json
    #expect(first["value"]?.arrayValue?.count == 100)
    let link = HTTPRequest(method: "GET", url: first.text("nextLink"))
    let second = await bench.send("GET", link?.target ?? "").json
    #expect(second["value"]?.arrayValue?.count == 1)
    #expect(second["nextLink"] == nil)
  }

  // MARK: Repeated requests

  private func headers(_ id: String, _ sent: String) -> HTTPFields {
    ["Repeatability-Request-ID": id, "Repeatability-First-Sent": sent]
  }

  @Test func `a creation that is sent again makes no second room`() async {
    let headers = headers(
      "e1d2c3b4-a596-4877-8660-112233445566",
      "Mon, 02 Mar 2026 08:09:10 GMT"
    )
    let first = await send("POST", "/rooms", "{}", headers: headers)
    bench.clock.advance(.seconds(290))
    let second = await send("POST", "/rooms", "{}", headers: headers)
    #expect(first.status == 201)
    #expect(second.json == first.json)
    #expect(second.response.headers["Repeatability-Result"] == "accepted")
    let other = #"{"pstnDialOutEnabled":true}"#
    #expect(await send("POST", "/rooms", other, headers: headers).status == 400)
    bench.clock.advance(.seconds(20))
    #expect(await send("POST", "/rooms", "{}", headers: headers).status == 412)
    #expect(await send("GET", "/rooms").json["value"]?.arrayValue?.count == 1)
  }

  @Test(
    arguments: [
      ("no guid", "Mon, 02 Mar 2026 08:09:10 GMT"),
      ("e1d2c3b4-a596-4877-8660-112233445566", "today"),
    ]
  )
  func `malformed repeatability headers are refused`(_ id: String, _ sent: String) async {
    let answer = await send("POST", "/rooms", "{}", headers: headers(id, sent))
    #expect(answer.status == 400)
    #expect(answer.response.headers["Repeatability-Result"] == "rejected")
  }
}
