import OrderedJSON
import Testing
import Timekeeping

@testable import AzureSandbox

struct DeliveryReportTests {
  private let bench = TestBench.numbers()
  private static let version = "?api-version=2026-01-23"

  /// Sends a message; the answer is its id.
  private func send(from: String, report: Bool = true) async -> String {
    let body: JSON = [
      "from": .string(from), "smsRecipients": [["to": "+14255550123"]], "message": "hello",
      "smsSendOptions": ["enableDeliveryReport": .bool(report), "tag": "orders"],
    ]
    let answer = await bench.send("POST", "/sms" + Self.version, body.text)
    return answer.json["value"]?[0]?.text("messageId") ?? ""
  }

  private func report(_ id: String) async -> TestBench.Answer {
    await bench.send("GET", "/deliveryReports/\(id)" + Self.version)
  }

  @Test func `a message is pending, then delivered`() async {
    let from = await bench.buyNumber()
    let id = await send(from: from)
    #expect(
      await report(id).json == [
        "deliveryStatus": "Pending", "tag": "orders", "messageId": .string(id),
        "from": .string(from), "to": "+14255550123",
      ]
    )
    bench.clock.advance(.seconds(1))
    let last = await report(id).json
    #expect(last.text("deliveryStatus") == "Delivered")
    #expect(last.text("deliveryStatusDetails") == "2000: No Error")
    #expect(last["deliveryAttempts"]?[0]?["segmentsSucceeded"] == 1)
    #expect(last["receivedTimestamp"] == last["deliveryAttempts"]?[0]?["timestamp"])
  }

  @Test func `what becomes of a message is ordered by a test`() async {
    let from = await bench.buyNumber()
    let order = #"{"to":"+14255550123","code":4006}"#
    #expect(await bench.sendUnsigned("POST", "/_sandbox/sms/outcomes", order).status == 200)
    let id = await send(from: from)
    bench.clock.advance(.seconds(1))
    let failed = await report(id).json
    #expect(failed.text("deliveryStatus") == "Failed")
    #expect(failed.text("deliveryStatusDetails").hasPrefix("4006: "))
    let wrong = #"{"to":"+14255550123","code":1}"#
    #expect(await bench.sendUnsigned("POST", "/_sandbox/sms/outcomes", wrong).status == 400)
  }

  @Test func `without a wish for it there is no report`() async {
    let from = await bench.buyNumber()
    let answer = await report(await send(from: from, report: false))
    #expect(answer.status == 404)
    #expect(answer.json["title"] == "Not Found" && answer.json["status"] == 404)
    #expect(await report("unknown").status == 404)
  }
}
