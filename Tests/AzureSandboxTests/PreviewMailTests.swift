import HTTPMessages
import OrderedJSON
import Testing
import Timekeeping

@testable import AzureSandbox

/// Mail in the shape of the first preview.
struct PreviewMailTests {
  private let bench = TestBench()
  private static let version = "?api-version=2021-10-01-preview"
  private let id = "3d0f7c52-8a41-4b0e-9a3d-5b7f1c2e4d60"

  private static let mail: JSON = [
    "sender": "DoNotReply@example.org", "importance": "high",
    "content": ["subject": "Order", "plainText": "Sent."],
    "recipients": [
      "to": [["email": "ana@example.net", "displayName": "Ana"]],
      "CC": [["email": "ben@example.net"]], "bCC": [["email": "cleo@example.net"]],
    ],
    "replyTo": [["email": "help@example.org"]],
    "attachments": [
      ["name": "note.txt", "attachmentType": "txt", "contentBytesBase64": "aGVsbG8="]
    ],
    "headers": [["name": "x-order", "value": "1042"]], "disableUserEngagementTracking": true,
  ]

  private func send(_ mail: JSON = Self.mail, isRepeatable: Bool = true) async
    -> TestBench.Answer
  {
    var headers = HTTPFields()
    if isRepeatable {
      headers["Repeatability-Request-Id"] = id
      headers["Repeatability-First-Sent"] = HTTPDate.text(bench.clock.now())
    }
    return await bench.send("POST", "/emails:send" + Self.version, mail.text, headers: headers)
  }

  private func changed(_ member: String, _ value: JSON?) -> JSON {
    var mail = Self.mail.objectValue ?? JSONObject()
    mail[member] = value
    return .object(mail)
  }

  @Test func `it is accepted without a body, and its status has the preview's words`() async throws
  {
    bench.addDomain("example.org")
    let answer = await send()
    #expect(answer.status == 202 && answer.response.body.isEmpty)
    #expect(answer.response.headers["Repeatability-Result"] == "accepted")
    let message = try #require(answer.response.headers["x-ms-request-id"])
    let place = try #require(answer.response.headers["Operation-Location"])
    #expect(place == "http://127.0.0.1:7080/emails/\(message)/status" + Self.version)
    let target = "/emails/\(message)/status" + Self.version
    let first = await bench.send("GET", target)
    #expect(first.json == ["messageId": .string(message), "status": "queued"])
    #expect(first.response.headers["Retry-After"] == "1")
    bench.clock.advance(.seconds(1))
    #expect(await bench.send("GET", target).json.text("status") == "outForDelivery")
    let later = "/emails/operations/\(message)" + Self.version
    #expect(await bench.send("GET", later).status == 404)
  }

  @Test func `it goes out like any other mail`() async {
    bench.addDomain("example.org")
    #expect(await send().status == 202)
    #expect(await send().status == 202)
    let mails = await bench.sendUnsigned("GET", "/_sandbox/mail").json["mail"]?.arrayValue
    #expect(mails?.count == 1)
    let content = mails?.first?["content"]
    #expect(content?["recipients"]?["cc"] == [["address": "ben@example.net"]])
    #expect(content?["recipients"]?["bcc"] == [["address": "cleo@example.net"]])
    #expect(content?["replyTo"] == [["address": "help@example.org"]])
    #expect(content?["headers"] == ["x-order": "1042", "x-priority": "2"])
    #expect(content?["attachments"]?[0]?.text("contentType") == "text/plain")
    #expect(content?["userEngagementTrackingDisabled"] == true)
  }

  @Test func `without the repeatability headers it is refused`() async {
    bench.addDomain("example.org")
    let answer = await send(isRepeatable: false)
    #expect(answer.status == 400 && answer.code == "BadRequest")
    #expect(answer.message.contains("Repeatability-Request-Id"))
  }

  @Test func `mail that nobody wants was dropped`() async {
    let domain = bench.addDomain("example.org")
    bench.suppress("ana@example.net", by: domain)
    let one: JSON = ["to": [["email": "ana@example.net"]]]
    let answer = await send(changed("recipients", one))
    let message = answer.response.headers["x-ms-request-id"] ?? ""
    let target = "/emails/\(message)/status" + Self.version
    _ = await bench.send("GET", target)
    bench.clock.advance(.seconds(1))
    #expect(await bench.send("GET", target).json.text("status") == "dropped")
  }

  private static let defects: [(String, JSON?)] = [
    ("importance", "urgent"), ("sender", nil), ("headers", [["name": "x"]]),
    ("attachments", [["name": "x", "attachmentType": "exe", "contentBytesBase64": ""]]),
    ("recipients", ["to": [["address": 7]]]),
  ]

  @Test(arguments: defects)
  func `what is no such mail is refused`(_ member: String, _ value: JSON?) async {
    bench.addDomain("example.org")
    let answer = await send(changed(member, value))
    #expect(answer.status == 400 && answer.code == "BadRequest")
  }
}
