import Connectors
import Definitions
import Fixtures
import HTTPMessages
import OrderedJSON
import Testing

@Suite struct RequestTriggerTests {
  /// One case of `Data/request-triggers.json`.
  struct Case: CustomTestStringConvertible, Sendable {
    var document: JSON
    var testDescription: String { document["name"]?.stringValue ?? "" }

    static func all() throws -> [Case] {
      try (Fixtures.json("ConnectorsTests/Data/request-triggers.json").arrayValue ?? [])
        .map(Case.init)
    }

    func trigger() throws -> RequestTrigger {
      var written = document["trigger"]?.objectValue ?? JSONObject()
      written["type"] = "Request"
      let definition: JSON = ["triggers": ["t": .object(written)], "actions": [:]]
      let flow = FlowReader.read(name: "f", file: "f", bytes: definition.bytes).flow
      let trigger = try #require(flow?.triggers.first)
      return try #require(RequestTrigger(trigger))
    }

    var request: HTTPRequest {
      let given = document["request"]
      var headers = HTTPFields()
      for member in given?["headers"]?.objectValue?.members ?? [] {
        headers.append(member.key, member.value.stringValue ?? "")
      }
      return HTTPRequest(
        method: given?["method"]?.stringValue ?? "POST",
        scheme: "http",
        authority: "weir.example",
        target: "/x?" + (given?["query"]?.stringValue ?? ""),
        headers: headers,
        body: Array((given?["body"]?.stringValue ?? "").utf8)
      )
    }
  }

  @Test(arguments: try Case.all())
  func `reads requests as the fixture says`(_ test: Case) throws {
    let trigger = try test.trigger()
    let path = test.document["request"]?["path"]?.stringValue ?? ""
    do throws(RequestTrigger.Refusal) {
      let outputs = JSON.object(try trigger.outputs(of: test.request, path: path))
      if let text = test.document["text"]?.stringValue {
        #expect(outputs.text == text)
      } else {
        #expect(outputs == test.document["outputs"])
      }
    } catch {
      let word =
        switch error {
        case .method(let wanted): "method \(wanted)"
        case .path: "path"
        case .body: "body"
        }
      #expect(word == test.document["refusal"]?.stringValue)
    }
  }

  @Test func `the paths of addresses are read as they are written`() {
    let paths: [CallbackPath] = [
      .trigger(flow: "a b/é", name: "man?ual", rest: ""),
      .trigger(flow: "f", name: "t", rest: "customers/%2F/x"),
      .action(run: "0858CU00", place: 3, indices: [0, 12]),
      .action(run: "0858CU00", place: 0, indices: []),
      .answer(run: "0858CU00"),
    ]
    for path in paths { #expect(CallbackPath(path.text) == path, "\(path.text)") }
    #expect(
      CallbackPath("/workflows/f/triggers/t/paths/invoke/a/b")
        == .trigger(flow: "f", name: "t", rest: "a/b")
    )
    for wrong in [
      "", "/", "/api", "/api/workflows/f/triggers/t", "/api/workflows/f/triggers/t/run",
      "/workflows/f/triggers/t/invoke", "/api/callbacks/r/x", "/api/callbacks/r/-1",
      "/api/callbacks/r/1..2", "/api/callbacks/r/1/2", "api/callbacks/r/1",
    ] {
      #expect(CallbackPath(wrong) == nil, "\(wrong)")
    }
  }

  @Test func `a signature holds for its permission and its keys alone`() {
    let digests = ReferenceDigests.digests
    let signature = CallbackSignature(trigger: "manual")
    let text = signature.text(key: [1, 2, 3], digests)
    #expect(signature.isValid(text, keys: [[9], [1, 2, 3]], digests))
    #expect(!signature.isValid(text, keys: [[9], [8]], digests))
    #expect(!CallbackSignature(trigger: "Manual").isValid(text, keys: [[1, 2, 3]], digests))
    for wrong in ["", "=", "x", String(text.dropLast()), text + "A"] {
      #expect(!signature.isValid(wrong, keys: [[1, 2, 3]], digests), "\(wrong)")
    }
    // HMAC-SHA-256 of "/triggers/manual/run" under the bytes 1, 2 and 3.
    let expected = Base64.encodeURL(
      ReferenceDigests.hmac([1, 2, 3], Array("/triggers/manual/run".utf8))
    )
    #expect(text == expected)
  }

  @Test func `copies of a message have one name`() {
    let digests = ReferenceDigests.digests
    func name(_ fields: HTTPFields) -> String? { MessageName.name(of: fields, digests) }
    #expect(name(["x-github-delivery": "1"]) == name(["X-GitHub-Delivery": "1", "Date": "now"]))
    #expect(name(["webhook-id": "1"]) != name(["webhook-id": "2"]))
    #expect(name(["webhook-id": "1"]) != name(["svix-id": "1"]))
    #expect(name(["ce-id": "1", "ce-source": "a"]) != name(["ce-id": "1", "ce-source": "b"]))
    #expect(name(["Content-Type": "a/b"]) == nil)
    let long = String(repeating: "x", count: 100_000)
    #expect(name(["Idempotency-Key": long])?.utf8.count == 32)
  }
}
