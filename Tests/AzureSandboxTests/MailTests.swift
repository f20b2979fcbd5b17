import HTTPMessages
import OrderedJSON
import Testing
import Timekeeping

@testable import AzureSandbox

struct MailTests {
  private let bench = TestBench()
  private let operation = "3d0f7c52-8a41-4b0e-9a3d-5b7f1c2e4d60"

  @Test func `no mail goes out before the domain is linked`() async {
    let domain = bench.addDomain("example.org", isLinked: false)
    let refused = await bench.sendMail(TestBench.mail())
    #expect(refused.status == 404)
    #expect(refused.code == "DomainNotLinked")
    #expect(refused.response.headers["x-ms-error-code"] == "DomainNotLinked")
    bench.sandbox.resources.content.change { $0.services[0].linkedDomains = [domain] }
    #expect(await bench.sendMail(TestBench.mail()).status == 202)
  }

  @Test func `a linked domain that is not verified any more counts as not linked`() async {
    bench.addDomain("example.org", isVerified: false)
    #expect(await bench.sendMail(TestBench.mail()).code == "DomainNotLinked")
  }

  @Test func `sender usernames are enforced, in any case`() async {
    bench.addDomain("example.org")
    let refused = await bench.sendMail(TestBench.mail(from: "sales@example.org"))
    #expect(refused.status == 400)
    #expect(refused.code == "InvalidSenderUserName")
    #expect(refused.message.contains("'sales'"))
    #expect(await bench.sendMail(TestBench.mail(from: "DoNotReply@Example.ORG")).status == 202)
  }

  @Test func `an accepted mail says where to ask and when`() async {
    bench.addDomain("example.org")
    let answer = await bench.sendMail(TestBench.mail(), headers: ["Operation-Id": operation])
    #expect(answer.status == 202)
    #expect(answer.json == ["id": .string(operation), "status": "Running"])
    #expect(answer.response.headers["Retry-After"] == "1")
    #expect(
      answer.response.headers["Operation-Location"]
        == "http://127.0.0.1:7080/emails/operations/\(operation)?api-version=2023-03-31"
    )
  }

  @Test func `the first poll of an operation is not its end, and the end has no Retry-After`() async
  {
    bench.addDomain("example.org")
    let id = await bench.sendMail(TestBench.mail()).json.text("id")
    let target = "/emails/operations/\(id)" + TestBench.mailVersion
    let first = await bench.send("GET", target)
    #expect(first.json == ["id": .string(id), "status": "Running"])
    #expect(first.response.headers["Retry-After"] == "1")
    bench.clock.advance(.seconds(1))
    let last = await bench.send("GET", target)
    #expect(last.json == ["id": .string(id), "status": "Succeeded", "error": nil])
    #expect(last.response.headers["Retry-After"] == nil)
  }

  @Test func `operations end at once when steps take no time`() async {
    let bench = TestBench { $0.operationStep = .zero }
    bench.addDomain("example.org")
    let id = await bench.sendMail(TestBench.mail()).json.text("id")
    let status = await bench.send("GET", "/emails/operations/\(id)" + TestBench.mailVersion)
    #expect(status.json.text("status") == "Succeeded")
  }

  @Test func `a poll of an unknown operation is 404`() async {
    let status = await bench.mailStatus(operation)
    #expect(status.status == 404)
    #expect(status.code == "NotFound")
  }

  @Test func `a repeated Operation-Id returns the first result and sends nothing more`() async {
    bench.addDomain("example.org")
    let id = operation.uppercased()
    for _ in 1...3 {
      let answer = await bench.sendMail(TestBench.mail(), headers: ["Operation-Id": id])
      #expect(answer.status == 202 && answer.json.text("id") == id)
    }
    let other = TestBench.mail(["replyTo": [["address": "help@example.org"]]])
    let conflict = await bench.sendMail(other, headers: ["Operation-Id": operation])
    #expect(conflict.status == 409)
    #expect(await bench.sendUnsigned("GET", "/_sandbox/mail").json["mail"]?.arrayValue?.count == 1)
  }

  @Test func `an Operation-Id is a UUID`() async {
    bench.addDomain("example.org")
    let answer = await bench.sendMail(TestBench.mail(), headers: ["Operation-Id": "order-1042"])
    #expect(answer.status == 400 && answer.code == "BadRequest")
  }

  @Test func `mail under repeatability headers goes out once`() async {
    bench.addDomain("example.org")
    let headers: HTTPFields = [
      "Repeatability-Request-ID": operation,
      "Repeatability-First-Sent": HTTPDate.text(bench.clock.now()),
    ]
    let first = await bench.sendMail(TestBench.mail(), headers: headers)
    let second = await bench.sendMail(TestBench.mail(), headers: headers)
    #expect(first.response.headers["Repeatability-Result"] == "accepted")
    #expect(first.json.text("id") == second.json.text("id"))
    bench.clock.advance(.seconds(301))
    #expect(await bench.sendMail(TestBench.mail(), headers: headers).status == 412)
  }

  @Test func `mail that nobody wants fails its operation`() async {
    let domain = bench.addDomain("example.org")
    bench.suppress("ana@example.net", by: domain)
    let id = await bench.sendMail(TestBench.mail()).json.text("id")
    let status = await bench.mailStatus(id)
    #expect(status.json.text("status") == "Failed")
    #expect(status.code == "EmailDroppedAllRecipientsSuppressed")
    #expect(await bench.sendUnsigned("GET", "/_sandbox/mail").json["mail"] == [])
  }

  @Test func `mail goes on to those who still want it`() async {
    let domain = bench.addDomain("example.org")
    bench.suppress("ana@example.net", by: domain)
    let recipients: JSON = [
      "to": [["address": "Ana@example.net"]], "bcc": [["address": "ben@example.net"]],
    ]
    let id = await bench.sendMail(TestBench.mail(["recipients": recipients])).json.text("id")
    #expect(await bench.mailStatus(id).json.text("status") == "Succeeded")
  }

  private static func recipients(_ count: Int) -> JSON {
    ["to": .array((0..<count).map { ["address": .string("r\($0)@example.net")] })]
  }

  @Test func `a mail has at most 50 recipients`() async {
    bench.addDomain("example.org")
    let mail = { TestBench.mail(["recipients": Self.recipients($0)]) }
    #expect(await bench.sendMail(mail(50)).status == 202)
    let refused = await bench.sendMail(mail(51))
    #expect(refused.status == 400 && refused.message.contains("50"))
  }

  @Test func `a mail has at most 10 MB, and the transport not much more`() async {
    bench.addDomain("example.org")
    func mail(_ bytes: Int) -> String {
      let content = String(repeating: "QUFB", count: bytes / 4)
      let file: JSON = ["name": "a", "contentType": "b/c", "contentInBase64": .string(content)]
      return TestBench.mail(["attachments": [file]])
    }
    #expect(await bench.sendMail(mail(9_900_000)).status == 202)
    #expect(await bench.sendMail(mail(10_000_000)).status == 400)
    #expect(await bench.sendMail(mail(10_600_000)).status == 413)
    let shown = await bench.sendUnsigned("GET", "/_sandbox/mail").json["mail"]?[0]?["content"]
    let file = shown?["attachments"]?[0]
    #expect(file?["bytes"] == 7_425_000 && file?["contentInBase64"] == nil)
  }

  private static let broken: [(String, JSON?, String)] = [
    ("content", nil, "content"), ("content", ["plainText": "x"], "subject"),
    ("content", ["subject": "x", "html": 1], "html"), ("senderAddress", "x", "senderAddress"),
    ("senderAddress", "a@b@c", "senderAddress"), ("recipients", ["to": []], "recipient"),
    ("recipients", ["cc": [["address": "a@b"]]], "recipients.to"),
    ("recipients", ["to": [["address": "no address"]]], "recipients.to"),
    ("recipients", ["to": [["address": "a@b"]], "bcc": "x"], "recipients.bcc"),
    ("replyTo", [["address": 1]], "replyTo"), ("headers", ["x-priority": 2], "headers"),
    ("userEngagementTrackingDisabled", "yes", "userEngagementTrackingDisabled"),
    (
      "attachments", [["name": "a", "contentType": "b/c", "contentInBase64": "not base64"]],
      "base64"
    ),
    ("attachments", [["name": "a", "contentInBase64": ""]], "contentType"),
    (
      "attachments",
      [["name": "a", "contentType": "b/c", "contentInBase64": "", "contentId": "i"]], "contentId"
    ),
  ]

  @Test(arguments: broken)
  func `a body that breaks a rule gets 400 and is told which`(
    _ member: String,
    _ value: JSON?,
    _ culprit: String
  ) async {
    bench.addDomain("example.org")
    let answer = await bench.sendMail(TestBench.mail([member: value]))
    #expect(answer.status == 400 && answer.code == "BadRequest")
    #expect(answer.message.contains(culprit), "\(answer.message)")
    #expect(answer.json["error"]?.objectValue?.keys.map(\.self) == Self.errorMembers)
  }

  private static let errorMembers = ["code", "message", "target", "details", "innererror"]

  @Test(arguments: ["", "[]", "{", "\u{0}", "\"\u{FFFD}\""])
  func `what is no mail at all gets 400`(_ body: String) async {
    #expect(await bench.sendMail(body).code == "BadRequest")
  }

  @Test func `the minute of a custom domain has 30 mails and 60 questions`() async {
    bench.addDomain("example.org")
    for _ in 1...30 { #expect(await bench.sendMail(TestBench.mail()).status == 202) }
    let refused = await bench.sendMail(TestBench.mail())
    #expect(refused.status == 429 && refused.code == "TooManyRequests")
    #expect(refused.response.headers["Retry-After"] == "60")
    #expect(
      refused.response.headers["x-weir-sandbox-limit"]?.hasPrefix("email-send-minute") == true
    )
    let id = await bench.sendUnsigned("GET", "/_sandbox/mail").json["mail"]?[0]?.text("id") ?? ""
    let target = "/emails/operations/\(id)" + TestBench.mailVersion
    for _ in 1...60 { #expect(await bench.send("GET", target).status == 200) }
    #expect(await bench.send("GET", target).status == 429)
    bench.clock.advance(.seconds(60))
    #expect(await bench.sendMail(TestBench.mail()).status == 202)
  }

  @Test func `an Azure-managed domain has 5 mails in a minute and 10 in an hour`() async {
    bench.addDomain("g.azurecomm.net", .azure)
    let mail = TestBench.mail(from: "donotreply@g.azurecomm.net")
    for minute in 0..<2 {
      for _ in 1...5 { #expect(await bench.sendMail(mail).status == 202, "minute \(minute)") }
      bench.clock.advance(.seconds(60))
    }
    let refused = await bench.sendMail(mail)
    #expect(refused.status == 429)
    #expect(refused.response.headers["Retry-After"] == "3480")
    #expect(refused.response.headers["x-weir-sandbox-limit"]?.contains("hour") == true)
  }

  @Test func `limits can be lifted`() async {
    let bench = TestBench { $0.mailLimits = nil }
    bench.addDomain("g.azurecomm.net", .azure)
    let mail = TestBench.mail(from: "donotreply@g.azurecomm.net")
    for _ in 1...20 { #expect(await bench.sendMail(mail).status == 202) }
  }

  @Test func `captured mail is readable without a credential`() async {
    bench.addDomain("example.org")
    let mail = TestBench.mail(["headers": ["x-priority": "2"]])
    let id = await bench.sendMail(mail).json.text("id")
    let shown = await bench.sendUnsigned("GET", "/_sandbox/mail").json["mail"]?[0]
    #expect(shown?.text("id") == id)
    #expect(shown?["content"] == (try? JSON(parsing: Array(mail.utf8))))
  }

  @Test(arguments: ["2023-03-31", "2025-09-01"])
  func `every version takes mail`(_ version: String) async {
    bench.addDomain("example.org")
    let target = "/emails:send?api-version=" + version
    #expect(await bench.send("POST", target, TestBench.mail()).status == 202)
  }
}
