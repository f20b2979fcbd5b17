import Crypto
import HTTPMessages
import OrderedJSON
import Testing
import Timekeeping

@testable import AzureSandbox

struct SMSTests {
  private let bench = TestBench.numbers()
  private let key = "b1a2c3d4-e5f6-4789-8abc-def012345678"
  private let sent = "Fri, 20 Nov 2026 21:15:00 GMT"

  private func sms(
    from sender: String,
    to recipients: [JSON] = [["to": "+14255550123"]],
    _ message: String = "hello",
    options: JSON? = nil,
    on bench: TestBench? = nil
  ) async -> TestBench.Answer {
    var body: JSONObject = [
      "from": .string(sender), "smsRecipients": .array(recipients), "message": .string(message),
    ]
    body["smsSendOptions"] = options
    return await (bench ?? self.bench).send(
      "POST",
      "/sms?api-version=2021-03-07",
      JSON.object(body).text
    )
  }

  private func captured() async -> [JSON] {
    await bench.sendUnsigned("GET", "/_sandbox/sms").json["sms"]?.arrayValue ?? []
  }

  @Test func `the outer status is 202 although one recipient failed`() async throws {
    let from = await bench.buyNumber()
    let answer = await sms(from: from, to: [["to": "+14255550123"], ["to": "+1425"]])
    #expect(answer.status == 202)
    let items = try #require(answer.json["value"]?.arrayValue)
    #expect(items[0]["httpStatusCode"] == 202 && items[0]["successful"] == true)
    #expect(items[0].text("messageId").hasPrefix("Outgoing_20260302080"))
    #expect(items[0].text("messageId").hasSuffix("_noam"))
    #expect(
      items[1] == [
        "to": "+1425", "httpStatusCode": 400, "errorMessage": "Invalid To phone number format.",
        "successful": false,
      ]
    )
    #expect(await captured().count == 1)
  }

  @Test(arguments: ["+18005550999", "12345", "Contoso"])
  func `a sender that the resource does not own is 401`(_ sender: String) async {
    #expect(await sms(from: sender).status == 401)
  }

  @Test func `a number of another resource is not owned`() async {
    let from = await bench.buyNumber()
    let path = ResourcePath(
      subscription: "s",
      group: "g",
      provider: "Microsoft.Communication",
      ("communicationServices", "other")
    )
    let resource = SandboxResource(path, in: .unitedStates, from: SystemEntropy())
    bench.sandbox.resources.add(resource)
    let body = #"{"from":"\#(from)","smsRecipients":[{"to":"+14255550123"}],"message":"x"}"#
    let answer = await bench.send("POST", "/sms?api-version=2021-03-07", body, as: resource)
    #expect(answer.status == 401)
  }

  @Test func `a number that cannot send messages is 401`() async {
    let order =
      #"{"phoneNumberType":"tollFree","assignmentType":"application","#
      + #""capabilities":{"calling":"inbound","sms":"inbound"}}"#
    #expect(await sms(from: await bench.buyNumber(order)).status == 401)
  }

  @Test func `short codes and alphanumeric ids send once the resource has them`() async {
    let bench = TestBench { $0.smsSenders = ["12345", "Contoso"] }
    for sender in ["12345", "Contoso"] {
      #expect(await sms(from: sender, on: bench).status == 202)
    }
  }

  @Test func `the same key is the same message`() async {
    let from = await bench.buyNumber()
    let recipient: JSON = [
      "to": "+14255550123", "repeatabilityRequestId": .string(key),
      "repeatabilityFirstSent": .string(sent),
    ]
    let first = await sms(from: from, to: [recipient]).json["value"]?[0]
    let second = await sms(from: from, to: [recipient]).json["value"]?[0]
    #expect(first == second && first?["repeatabilityResult"] == "accepted")
    #expect(await captured().count == 1)
    let stolen: JSON = [
      "to": "+14255550124", "repeatabilityRequestId": .string(key.uppercased()),
      "repeatabilityFirstSent": .string(sent),
    ]
    let refused = await sms(from: from, to: [stolen]).json["value"]?[0]
    #expect(refused?["repeatabilityResult"] == "rejected" && refused?["httpStatusCode"] == 400)
  }

  @Test(arguments: [JSON?.none, .some(nil), "yesterday", 5])
  func `a key without the time of the first request is rejected`(_ time: JSON?) async {
    let from = await bench.buyNumber()
    var recipient: JSONObject = ["to": "+14255550123", "repeatabilityRequestId": .string(key)]
    recipient["repeatabilityFirstSent"] = time
    let item = await sms(from: from, to: [.object(recipient)]).json["value"]?[0]
    #expect(item?["httpStatusCode"] == 400 && item?["repeatabilityResult"] == "rejected")
    #expect(await captured().isEmpty)
  }

  @Test(arguments: [
    (#"{"from":"+18005550142","smsRecipients":[],"message":"x"}"#, "smsRecipients"),
    (#"{"from":"+18005550142","message":"x"}"#, "smsRecipients"),
    (#"{"from":"+18005550142","smsRecipients":[{}],"message":"x"}"#, "smsRecipients"),
    (#"{"from":"+18005550142","smsRecipients":[{"to":"+14255550123"}]}"#, "Message"),
    (#"{"from":"?","smsRecipients":[{"to":"+14255550123"}],"message":"x"}"#, "From"),
    (#"{"smsRecipients":[{"to":"+14255550123"}],"message":"x"}"#, "From"),
    (
      #"{"from":"+1800","smsRecipients":[{"to":"+1"}],"message":"x","smsSendOptions":{"tag":"t"}}"#,
      "enableDeliveryReport"
    ), ("[]", "JSON object"), ("{", "JSON"),
  ])
  func `a body that breaks a rule gets 400`(_ body: String, _ culprit: String) async {
    let answer = await bench.send("POST", "/sms?api-version=2021-03-07", body)
    #expect(answer.status == 400 && answer.code == "BadRequest")
    #expect(answer.message.contains(culprit), "\(answer.message)")
  }

  @Test func `a message has at most 100 recipients and 2048 characters`() async {
    let from = await bench.buyNumber()
    let recipients = { (count: Int) in
      Array(repeating: ["to": "+14255550123"] as JSON, count: count)
    }
    #expect(await sms(from: from, to: recipients(100)).status == 202)
    #expect(await sms(from: from, to: recipients(101)).status == 400)
    #expect(await sms(from: from, String(repeating: "x", count: 2048)).status == 202)
    #expect(await sms(from: from, String(repeating: "x", count: 2049)).status == 400)
  }

  @Test(arguments: [59, 43_201])
  func `the time for a delivery report has bounds`(_ seconds: Int64) async {
    let options: JSON = [
      "enableDeliveryReport": true, "deliveryReportTimeoutInSeconds": .integer(seconds),
    ]
    #expect(await sms(from: await bench.buyNumber(), options: options).status == 400)
  }

  @Test func `a toll-free number sends 200 requests in a minute`() async {
    let from = await bench.buyNumber()
    for _ in 1...200 { #expect(await sms(from: from).status == 202) }
    let refused = await sms(from: from)
    #expect(refused.status == 429 && refused.response.headers["Retry-After"] == "60")
    let other = await bench.buyNumber()
    #expect(await sms(from: other).status == 202)
    bench.clock.advance(.seconds(60))
    #expect(await sms(from: from).status == 202)
  }

  // MARK: Opt-outs

  private func optOut(_ verb: String, _ from: String, _ to: String = "+14255550123") async
    -> TestBench.Answer
  {
    let body = #"{"from":"\#(from)","recipients":[{"to":"\#(to)"}]}"#
    return await bench.send("POST", "/sms/optouts:\(verb)?api-version=2026-01-23", body)
  }

  @Test func `who opted out gets no message until it is taken back`() async {
    let from = await bench.buyNumber()
    #expect(
      await optOut("add", from).json["value"]?[0] == ["to": "+14255550123", "httpStatusCode": 200]
    )
    #expect(await optOut("check", from).json["value"]?[0]?["isOptedOut"] == true)
    let refused = await sms(from: from).json["value"]?[0]
    #expect(
      refused?["successful"] == false && refused?.text("errorMessage").contains("opted out") == true
    )
    #expect(await optOut("remove", from).status == 200)
    #expect(await optOut("check", from).json["value"]?[0]?["isOptedOut"] == false)
    #expect(await sms(from: from).json["value"]?[0]?["successful"] == true)
  }

  @Test func `STOP opts out, START and UNSTOP opt in again`() async {
    let from = await bench.buyNumber()
    for (word, isOptedOut) in [
      (" stop ", true), ("hello", true), ("START", false), ("stop", true), ("unstop", false),
    ] {
      let body = #"{"from":"+14255550123","to":"\#(from)","message":"\#(word)"}"#
      let answer = await bench.sendUnsigned("POST", "/_sandbox/sms/received", body)
      #expect(answer.json == ["isOptedOut": .bool(isOptedOut)])
      #expect(await optOut("check", from).json["value"]?[0]?["isOptedOut"] == .bool(isOptedOut))
    }
    let body = #"{"from":"+14255550123","to":"+1800","message":"STOP"}"#
    #expect(await bench.sendUnsigned("POST", "/_sandbox/sms/received", body).status == 404)
  }

  @Test func `opt-outs judge each number, and belong to the sender`() async {
    let from = await bench.buyNumber()
    let item = await optOut("add", from, "nobody").json["value"]?[0]
    #expect(item?["httpStatusCode"] == 400 && item?["errorMessage"] != nil)
    #expect(await optOut("add", "+18005550999").status == 401)
    _ = await optOut("add", from)
    let other = await bench.buyNumber()
    #expect(await optOut("check", other).json["value"]?[0]?["isOptedOut"] == false)
  }

  @Test func `opt-outs came with 2025-09-17`() async {
    let answer = await bench.send("POST", "/sms/optouts:add?api-version=2021-03-07", "{}")
    #expect(answer.code == "UnsupportedApiVersion")
  }

  @Test(arguments: [
    ("", SMSSegments.Encoding.gsm7, 1), (String(repeating: "a", count: 160), .gsm7, 1),
    (String(repeating: "a", count: 161), .gsm7, 2), (String(repeating: "a", count: 306), .gsm7, 2),
    (String(repeating: "a", count: 307), .gsm7, 3), (String(repeating: "€", count: 80), .gsm7, 1),
    (String(repeating: "€", count: 81), .gsm7, 2), (String(repeating: "ж", count: 70), .ucs2, 1),
    (String(repeating: "ж", count: 71), .ucs2, 2), (String(repeating: "🐎", count: 35), .ucs2, 1),
    (String(repeating: "🐎", count: 36), .ucs2, 2),
  ])
  func `a message has as many segments as its alphabet needs`(
    _ message: String,
    _ encoding: SMSSegments.Encoding,
    _ count: Int
  ) {
    let segments = SMSSegments(of: message)
    #expect(segments.encoding == encoding && segments.count == count)
  }

  @Test func `captured messages tell sender, recipient, text and segments`() async {
    let from = await bench.buyNumber()
    let options: JSON = ["enableDeliveryReport": true, "tag": "orders"]
    _ = await sms(from: from, "Grüße", options: options)
    let message = await captured().first?["content"]
    #expect(
      message == [
        "from": .string(from), "to": "+14255550123", "message": "Grüße", "encoding": "GSM-7",
        "segments": 1, "tag": "orders",
      ]
    )
  }
}
