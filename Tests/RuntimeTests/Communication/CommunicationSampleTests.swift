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

/// The samples that need several services, against the sandbox.
@Suite struct CommunicationSampleTests {
  private func start(
    _ name: String,
    _ trigger: (name: String, type: String),
    _ input: JSON,
    in world: CommunicationWorld
  ) throws -> JSON {
    let flow = try SimulatedWorld.sampleFlow(name)
    return try world.executor.run {
      let process = try world.process()
      let (sender, number) = ("SENDER_ADDRESS", "PHONE_NUMBER")
      let parameters: JSONObject =
        name == "welcome-new-user"
        ? [
          "sender": .string(world.setting("AZURE_COMMUNICATION_" + sender)),
          "number": .string(world.setting("AZURE_COMMUNICATION_" + number)),
        ] : ["users": []]
      let prepared = try PreparedFlow(
        flow,
        parameters: parameters,
        digests: process.environment.digests
      )
      let event = TriggerEvent(
        name: trigger.name,
        type: trigger.type,
        outputs: .object(["body": input])
      )
      return RunView.document(try await process.worker.start(prepared, trigger: event).end())
    }
  }

  private func welcome(_ input: JSON, in world: CommunicationWorld) throws -> JSON {
    try start("welcome-new-user", ("manual", "Request"), input, in: world)
  }

  private func output(_ name: String, of run: JSON) -> JSON {
    run["outputs"]?[name]?["value"] ?? .null
  }

  // MARK: Welcome

  @Test func `a new user is greeted in a chat, by mail and by SMS`() throws {
    let world = CommunicationWorld { $0.hasSenders = true }
    let input: JSON = ["name": "Bé", "mail": "be@example.net", "phone": "+14255550199"]
    let run = try welcome(input, in: world)
    #expect(run["status"] == "Succeeded", "\(run.prettyText)")
    let report = output("report", of: run)
    #expect(report["mail"] == "Succeeded", "\(report)")
    #expect(report["threadId"]?.stringValue?.hasPrefix("19:") == true)
    let (mail, sms) = try world.executor.run {
      (await world.admin("GET", "mail"), await world.admin("GET", "sms"))
    }
    #expect(mail["mail"]?[0]?["content"]?["content"]?["subject"] == "Welcome, Bé")
    #expect(sms["sms"]?.arrayValue?.count == 1)
    let tokens = world.transport.requests.compactMap { $0.headers["Authorization"] }
      .filter { $0.hasPrefix("Bearer ") }.map { $0.dropFirst(7) }
    #expect(!tokens.isEmpty)
    for token in tokens { #expect(!run.text.contains(token)) }
  }

  @Test func `a user who cannot be texted is taken back with thread and token`() throws {
    let world = CommunicationWorld { $0.hasSenders = true }
    let run = try welcome(["phone": "+1425"], in: world)
    #expect(run["status"] == "Failed")
    #expect(run["error"]?["code"] == "RolledBack", "\(run.prettyText)")
    let deleted = world.transport.requests.filter { $0.method == "DELETE" }.map(\.path)
    #expect(deleted.count == 2)
    #expect(deleted.first?.hasPrefix("/chat/threads/19%3A") == true)
    #expect(deleted.last?.hasPrefix("/identities/8%3Aacs%3A") == true)
  }

  // MARK: Sweep

  private func sweep(_ input: JSON, in world: CommunicationWorld) throws -> JSON {
    try start("nightly-token-sweep", ("nightly", "Recurrence"), input, in: world)
  }

  @Test func `a sweep revokes the tokens of all users and reports those it could not`() throws {
    let world = CommunicationWorld()
    let run = try sweep(["samples": 12, "users": ["8:acs:unknown"]], in: world)
    #expect(run["status"] == "Succeeded", "\(run.prettyText)")
    #expect(output("revoked", of: run) == 12)
    #expect(
      output("failed", of: run) == [["user": "8:acs:unknown", "code": "IdentityNotOwned"]]
    )
    let revoked = world.transport.requests.filter { $0.path.hasSuffix("/:revokeAccessTokens") }
    #expect(revoked.count == 13)
    let nothing = try sweep([:], in: world)
    #expect(output("revoked", of: nothing) == 0, "\(nothing.prettyText)")
  }

  @Test func `a sweep of many users keeps within the limit of the connection`() throws {
    let world = CommunicationWorld()
    let users = (0..<150).map { JSON.string("8:acs:user\($0)") }
    let run = try sweep(["users": .array(users)], in: world)
    #expect(output("failed", of: run).arrayValue?.count == 150)
    let requests = try world.executor.run { await world.admin("GET", "requests?limit=500") }
    let times = (requests["requests"]?.arrayValue ?? []).reversed().compactMap {
      $0["time"]?.stringValue.flatMap(Timestamp.init(iso8601:))
    }
    let most = times.indices.map { start in
      times[start...].prefix { $0 < times[start] + .seconds(60) }.count
    }
    #expect(times.count == 150)
    #expect(most.max() == 100)
  }
}
