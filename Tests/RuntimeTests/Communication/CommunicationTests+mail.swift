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

/// Mail: sending, waiting for the outcome, repeating.
extension CommunicationTests {
  @Test func `a mail is sent, asked about and awaited`() throws {
    let world = CommunicationWorld()
    world.linkDomain("example.org")
    let call = CommunicationWorld.call
    let run = try world.run([
      "Send": call("mail", "SendEmail", Self.mail, nil),
      "Status": call("mail", "GetEmailStatus", ["operationId": "@body('Send')?['id']"], "Send"),
      "Send_and_wait": call("mail", "SendEmailAndWait", Self.mail, "Status"),
    ])
    #expect(run["status"] == "Succeeded", "\(run.prettyText)")
    #expect(try action("Send", of: run)["outputs"]?["statusCode"] == 202)
    #expect(try action("Status", of: run)["outputs"]?["body"]?["status"] == "Running")
    #expect(try action("Send_and_wait", of: run)["outputs"]?["body"]?["status"] == "Succeeded")
    let targets = world.transport.requests.map(\.path).filter { $0 == "/emails:send" }
    #expect(targets.count == 2)
  }

  @Test func `a domain that is not linked fails with the service's code`() throws {
    let run = try CommunicationWorld().run([
      "Send": CommunicationWorld.call("mail", "SendEmailAndWait", Self.mail)
    ])
    let error = try action("Send", of: run)["error"]
    #expect(error?["code"] == "DomainNotLinked", "\(run.prettyText)")
  }

  @Test func `a mail whose answer was lost is not sent twice`() throws {
    let world = CommunicationWorld()
    world.linkDomain("example.org")
    let flow = try CommunicationWorld.flow([
      "Send": CommunicationWorld.call("mail", "SendEmailAndWait", Self.mail)
    ])
    let (state, captured) = try world.executor.run {
      _ = await world.admin("POST", "faults", ["pathPrefix": "/emails:send", "drop": "after"])
      let state = try await world.process().start(flow).end()
      return (state, await world.admin("GET", "mail"))
    }
    #expect(state.status == .succeeded)
    let sent = world.transport.requests.filter { $0.path == "/emails:send" }
    #expect(sent.count == 2 && sent[0].headers["Operation-Id"] == sent[1].headers["Operation-Id"])
    #expect(captured["mail"]?.arrayValue?.count == 1)
  }

  @Test(arguments: [2, 3], [true, false])
  func `a mail of a process that died is not sent twice`(append: Int, after: Bool) throws {
    let world = CommunicationWorld()
    world.linkDomain("example.org")
    let flow = try CommunicationWorld.flow([
      "Send": CommunicationWorld.call("mail", "SendEmailAndWait", Self.mail)
    ])
    let captured = try world.executor.run { () -> JSON in
      let state = try await world.end(flow, afterDeathAt: append, after: after)
      #expect(state.status == .succeeded)
      return await world.admin("GET", "mail")
    }
    #expect(captured["mail"]?.arrayValue?.count == 1)
  }
}
