import HTTPMessages
import OrderedJSON
import Runtime
import Seams
import Service
import Simulation
import Testing

struct ErrorTests {
  /// A request, and what it is answered with.
  struct Case: Sendable, CustomTestStringConvertible {
    var method: String
    var target: String
    var body: String
    var type: String?
    var status: Int
    var code: String

    init(
      _ method: String,
      _ target: String,
      _ status: Int,
      _ code: String,
      body: String = "",
      type: String? = nil
    ) {
      (self.method, self.target, self.body, self.type) = (method, target, body, type)
      (self.status, self.code) = (status, code)
    }

    var testDescription: String { "\(method) \(target) \(body.prefix(60))" }
  }

  private static let trigger = "/api/workflows/loops/triggers/manual/run"

  static let cases: [Case] = [
    Case("GET", "/api/", 404, "NotFound"),
    Case("GET", "/api/nothing", 404, "NotFound"),
    Case("GET", "nonsense", 404, "NotFound"),
    Case("GET", "", 404, "NotFound"),
    Case("GET", "*", 404, "NotFound"),
    Case("GET", "/api/workflows/none", 404, "WorkflowNotFound"),
    Case("GET", "/api/workflows/%2e%2e%2fetc", 404, "WorkflowNotFound"),
    Case("GET", "/api/workflows/loops/runs/none", 404, "WorkflowRunNotFound"),
    Case("GET", "/api/workflows/none/runs", 404, "WorkflowNotFound"),
    Case("GET", "/api/workflows/loops/triggers/none", 404, "WorkflowTriggerNotFound"),
    Case(
      "GET",
      "/api/workflows/loops/triggers/manual/histories/none",
      404,
      "WorkflowTriggerHistoryNotFound"
    ),
    Case("GET", "/api/workflows/loops/versions/none", 404, "WorkflowVersionNotFound"),
    Case("GET", "/api/connections/none", 404, "ConnectionNotFound"),
    Case("POST", "/api/connections/none/test", 404, "ConnectionNotFound"),
    Case("DELETE", "/api/tokens/none", 404, "TokenNotFound"),
    Case("DELETE", "/api/workflows", 405, "MethodNotAllowed"),
    Case("PATCH", "/api/workflows/loops", 405, "MethodNotAllowed"),
    Case("BREW", "/api/runs", 405, "MethodNotAllowed"),
    Case("POST", trigger, 400, "InvalidRequestContent", body: "{"),
    Case("POST", trigger, 400, "InvalidRequestContent", body: "[1]"),
    Case("POST", trigger, 400, "InvalidRequestContent", body: "\"text\""),
    Case("POST", trigger, 400, "InvalidRequestContent", body: #"{"name": "Ada"}"#),
    Case("POST", trigger, 400, "InvalidRequestContent", body: #"{"headers": {"a": 1}}"#),
    Case("POST", trigger, 400, "InvalidRequestContent", body: #"{"headers": []}"#),
    Case("POST", trigger, 400, "InvalidRequestContent", body: #"{"clientTrackingId": ""}"#),
    Case("POST", trigger, 415, "UnsupportedMediaType", body: "{}", type: "text/plain"),
    Case(
      "POST",
      trigger,
      400,
      "InvalidRequestContent",
      body: String(repeating: "[", count: 300) + String(repeating: "]", count: 300)
    ),
    Case("GET", "/api/runs?$top=0", 400, "InvalidQueryParameter"),
    Case("GET", "/api/runs?$top=251", 400, "InvalidQueryParameter"),
    Case("GET", "/api/runs?$top=x", 400, "InvalidQueryParameter"),
    Case("GET", "/api/runs?$skiptoken=abc", 400, "InvalidSkipToken"),
    Case("GET", "/api/runs?$filter=status", 400, "InvalidFilter"),
    Case("GET", "/api/audit?since=yesterday", 400, "InvalidQueryParameter"),
    Case("PUT", "/api/workflows/.hidden", 400, "InvalidWorkflowName", body: "{}"),
    Case("PUT", "/api/workflows/a%2Fb", 400, "InvalidWorkflowName", body: "{}"),
    Case("PUT", "/api/workflows/..", 400, "InvalidWorkflowName", body: "{}"),
    Case("PUT", "/api/workflows/connections", 400, "InvalidWorkflowName", body: "{}"),
    Case("PUT", "/api/workflows/Parameters", 400, "InvalidWorkflowName", body: "{}"),
    Case("PUT", "/api/workflows/a.test", 400, "InvalidWorkflowName", body: "{}"),
    Case("PUT", "/api/workflows/new", 400, "InvalidRequestContent"),
    Case("PUT", "/api/workflows/new", 422, "MaskedValue", body: #"{"actions": "*sanitized*"}"#),
    Case("PUT", "/api/workflows/new", 422, "InvalidTemplate", body: "{}"),
    Case(
      "POST",
      "/api/workflows/new/validate",
      422,
      "InvalidTemplate",
      body: #"{"definition": 7}"#
    ),
    Case("PUT", "/api/connections/a", 400, "InvalidRequestContent", body: "{}"),
    Case("PUT", "/api/connections/a", 422, "ConnectorNotFound", body: #"{"connector": "none"}"#),
    Case(
      "PUT",
      "/api/connections/a",
      422,
      "InvalidConnection",
      body: #"{"connector": "azure-communication-identity"}"#
    ),
    Case(
      "PUT",
      "/api/connections/a%00b",
      400,
      "InvalidConnectionName",
      body: #"{"connector": "x"}"#
    ),
    Case("DELETE", "/api/connections/acs", 409, "ConnectionDeclared"),
    Case(
      "POST",
      "/api/tokens",
      400,
      "InvalidRequestContent",
      body: #"{"name": "", "role": "reader"}"#
    ),
    Case(
      "POST",
      "/api/tokens",
      400,
      "InvalidRequestContent",
      body: #"{"name": "a", "role": "root"}"#
    ),
    Case(
      "POST",
      "/api/tokens",
      400,
      "InvalidRequestContent",
      body: #"{"name": "a", "role": "reader", "expires": "2020-01-01"}"#
    ),
  ]

  @Test(arguments: cases)
  func `each mistake has its status and its code`(mistake: Case) async throws {
    let world = try await ServiceWorld()
    var headers = HTTPFields()
    headers["Content-Type"] = mistake.type
    let request = ServiceWorld.request(
      mistake.method,
      mistake.target,
      headers,
      body: Array(mistake.body.utf8)
    )
    let answer = await world.send(request)
    #expect(answer.status == mistake.status && answer.errorCode == mistake.code, "\(answer.text)")
    #expect((answer.headers["Allow"] != nil) == (mistake.status == 405))
  }

  @Test func `a body that is too large is refused`() async throws {
    var settings = ServiceSettings()
    settings.bodyBytes = 10_000
    let world = try await ServiceWorld(settings: settings)
    let body: JSON = ["body": .string(String(repeating: "x", count: 10_000))]
    let answer = await world.send("POST", Self.trigger, body)
    #expect(answer.status == 413 && answer.errorCode == "RequestEntityTooLarge")
  }

  @Test func `what a trigger answers becomes a status`() async throws {
    let world = try await ServiceWorld()
    let receipts: [(TriggerReceipt, Int, String)] = [
      (.waiting, 200, "Waiting"), (.skipped, 200, "Skipped"), (.duplicate, 200, "Skipped"),
      (.started([]), 200, "Skipped"), (.full, 429, "TooManyRequests"),
      (.failed(code: "InvalidTemplate", message: "No."), 422, "InvalidTemplate"),
    ]
    for (receipt, status, word) in receipts {
      world.desk.answerNext(receipt)
      let answer = await world.send("POST", Self.trigger)
      #expect(answer.status == status && answer.text.contains(word))
      #expect((answer.headers["Retry-After"] != nil) == (status == 429))
    }
  }

  @Test func `a run that goes on can be cancelled, but neither deleted nor replayed`()
    async throws
  {
    let world = try await ServiceWorld()
    let run = try await world.run("slow")
    let deleted = await world.send("DELETE", "/api/runs/\(run)")
    let replayed = await world.send("POST", "/api/runs/\(run)/resubmit")
    #expect(deleted.status == 409 && replayed.status == 409)
    let cancelled = await world.send("POST", "/api/runs/\(run)/cancel")
    #expect(cancelled.json["properties"]?["status"] == "Cancelled")
    try await world.desk.end(run)
    let again = await world.send("POST", "/api/runs/\(run)/cancel")
    #expect(again.status == 409 && again.errorCode == "WorkflowRunCannotBeCancelled")
  }

  @Test func `a flow is only changed from the version that was seen`() async throws {
    let world = try await ServiceWorld()
    let seen = await world.send("GET", "/api/workflows/loops")
    let tag = try #require(seen.headers["ETag"])
    let body = try JSON(
      parsing: #"""
        {"definition": {"triggers": {"manual": {"type": "Request", "inputs": {}}},
          "actions": {"A": {"type": "Compose", "inputs": 1, "runAfter": {}}}}}
        """#
    )
    let first = await world.send("PUT", "/api/workflows/loops", body, headers: ["If-Match": tag])
    let second = await world.send("PUT", "/api/workflows/loops", body, headers: ["If-Match": tag])
    #expect(first.status == 200 && second.status == 412)
    #expect(second.errorCode == "PreconditionFailed")
    let versions = await world.send("GET", "/api/workflows/loops/versions")
    #expect(versions.values.count == 2)
  }

  @Test func `a store that fails is an answer, too`() async throws {
    let world = try await ServiceWorld()
    await world.store.close()
    for target in ["/api/runs", "/api/runs/x", "/api/connections", "/api/audit"] {
      let answer = await world.send("GET", target)
      #expect([500, 503].contains(answer.status), "\(target) \(answer.text)")
    }
    #expect(world.log.entries.contains { $0.event == "service.request.failed" })
  }

  @Test func `every answer carries the fields that protect browsers`() async throws {
    let world = try await ServiceWorld()
    for target in ["/api/runs", "/api/none", "/healthz", "/api/openapi.json"] {
      let answer = await world.send("GET", target)
      #expect(answer.headers["X-Content-Type-Options"] == "nosniff", "\(target)")
      #expect(answer.headers["Content-Security-Policy"]?.contains("'none'") == true, "\(target)")
      #expect(answer.headers["Cache-Control"] == "no-store", "\(target)")
      #expect(answer.headers["Access-Control-Allow-Origin"] == nil, "\(target)")
      let head = await world.send("HEAD", target)
      #expect(head.status == answer.status && head.body.isEmpty, "\(target)")
    }
  }
}
