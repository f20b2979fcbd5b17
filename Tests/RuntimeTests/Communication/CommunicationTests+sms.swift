import Definitions
import Engine
import Fixtures
import HTTPMessages
import OrderedJSON
import Runtime
import Seams
import Simulation
import Testing
import Timekeeping

@testable import AzureSandbox

/// SMS: recipients, opt-outs, delivery reports, repeating.
extension CommunicationTests {
  static func sms(_ recipients: JSON, after previous: String = "Buy") -> JSON {
    CommunicationWorld.call(
      "sms",
      "SendSms",
      ["body/from": number, "body/smsRecipients": recipients, "body/message": "hello"],
      after: previous
    )
  }

  @Test func `one recipient who is refused fails the step, and the flow goes on from there`() throws
  {
    let world = CommunicationWorld()
    let run = try world.run([
      "Search": Self.search(), "Buy": Self.buy(),
      "Send": Self.sms([["to": "+14255550123"], ["to": "+1425"]]),
      "Refused": [
        "type": "Query", "runAfter": ["Send": ["Failed"]],
        "inputs": ["from": "@body('Send')?['value']", "where": "@not(item()?['successful'])"],
      ],
    ])
    #expect(run["status"] == "Succeeded", "\(run.prettyText)")
    let send = try action("Send", of: run)
    #expect(send["status"] == "Failed" && send["outputs"]?["statusCode"] == 202)
    #expect(
      send["error"] == [
        "code": "RecipientFailed",
        "message": "1 of 2 failed: '+1425': Invalid To phone number format.",
      ]
    )
    let refused = try action("Refused", of: run)["outputs"]?["body"]
    #expect(refused?.arrayValue?.map { $0["to"] } == ["+1425"])
  }

  @Test func `a message whose answer was lost is not sent twice`() throws {
    let world = CommunicationWorld()
    let flow = try CommunicationWorld.flow([
      "Search": Self.search(), "Buy": Self.buy(),
      "Send": Self.sms([["to": "+14255550123"], ["to": "+14255550124"]]),
    ])
    let (state, captured) = try world.executor.run {
      _ = await world.admin("POST", "faults", ["pathPrefix": "/sms", "drop": "after"])
      let state = try await world.process().start(flow).end()
      return (state, await world.admin("GET", "sms"))
    }
    #expect(state.status == .succeeded)
    let sent = world.transport.requests.filter { $0.path == "/sms" }.map(\.body)
    #expect(sent.count == 2 && sent[0] == sent[1])
    #expect(captured["sms"]?.arrayValue?.count == 2)
  }

  @Test func `opt-outs are added, checked and removed`() throws {
    let parameters: JSON = [
      "body/from": Self.number, "body/recipients": [["to": "+14255550123"]],
    ]
    let call = CommunicationWorld.call
    let run = try CommunicationWorld().run([
      "Search": Self.search(), "Buy": Self.buy(),
      "Add": call("sms", "AddOptOuts", parameters, "Buy"),
      "Check": call("sms", "CheckOptOuts", parameters, "Add"),
      "Remove": call("sms", "RemoveOptOuts", parameters, "Check"),
      "Check_again": call("sms", "CheckOptOuts", parameters, "Remove"),
    ])
    #expect(run["status"] == "Succeeded", "\(run.prettyText)")
    for (name, isOptedOut) in [("Check", true), ("Check_again", false)] {
      let item = try action(name, of: run)["outputs"]?["body"]?["value"]?[0]
      #expect(item?["isOptedOut"] == .bool(isOptedOut))
    }
  }

  @Test func `a delivery report tells what became of a message`() throws {
    let world = CommunicationWorld()
    let call = CommunicationWorld.call
    let wait: JSON = [
      "type": "Wait", "runAfter": ["Send": ["Succeeded"]],
      "inputs": ["interval": ["count": 5, "unit": "Second"]],
    ]
    var report =
      call(
        "sms",
        "GetDeliveryReport",
        ["messageId": "@first(body('Send')?['value'])?['messageId']"],
        "Send"
      ).objectValue ?? [:]
    report["runAfter"] = ["Wait": ["Succeeded"]]
    let run = try world.run([
      "Search": Self.search(), "Buy": Self.buy(),
      "Send": call(
        "sms",
        "SendSms",
        [
          "body/from": Self.number, "body/smsRecipients": [["to": "+14255550123"]],
          "body/message": "hello", "body/smsSendOptions/enableDeliveryReport": true,
        ],
        "Buy"
      ),
      "Wait": wait, "Report": .object(report),
    ])
    #expect(run["status"] == "Succeeded", "\(run.prettyText)")
    let body = try action("Report", of: run)["outputs"]?["body"]
    #expect(body?["deliveryStatus"] == "Delivered" && body?["to"] == "+14255550123")
  }

  @Test(arguments: [true, false])
  func `a message of a process that died is not sent twice`(after: Bool) throws {
    let world = CommunicationWorld { $0.hasSenders = true }
    let parameters: JSON = [
      "body/from": .string(world.setting("AZURE_COMMUNICATION_PHONE_NUMBER")),
      "body/smsRecipients": [["to": "+14255550123"]], "body/message": "hello",
    ]
    let flow = try CommunicationWorld.flow([
      "Send": CommunicationWorld.call("sms", "SendSms", parameters)
    ])
    let (runs, captured) = try world.executor.run { () -> (Int, JSON) in
      // Each write of the run is the last of a process once, until a process outlives the run.
      var write = 1
      while true {
        write += 1
        let first = try world.process("first-\(write)", hooks: .dying(at: write, after: after))
        let driver = try await first.start(flow)
        let outlived = try? await driver.end()
        await first.environment.store.close()
        let messages = await world.admin("GET", "sms")
        if outlived?.status == .succeeded { return (write - 1, messages) }
        let second = try world.process("second-\(write)")
        let state = try await second.worker.takeOver(driver.run).end()
        #expect(state.status == .succeeded)
        await second.environment.store.close()
      }
    }
    #expect(runs > 2 && captured["sms"]?.arrayValue?.count == runs)
  }
}
