import Fixtures
import OrderedJSON
import Testing

/// The samples that manage resources, each against a sandbox whose operations end at once.
@Suite struct ResourceFlowTests {
  /// A project with a flow and the connectors that it uses.
  private func project(_ flow: String) throws -> Workplace {
    let place = try Workplace(hasAllConnections: true)
    for connector in ["management", "email"] {
      for name in ["apiDefinition.swagger.json", "apiProperties.json", "runtime.json"] {
        let path = "definitions/azure-communication-\(connector)/\(name)"
        try place.write(JSON(parsing: Fixtures.sample(path)), to: path)
      }
    }
    try place.write(JSON(parsing: Fixtures.sample("flows/\(flow).json")), to: "flows/\(flow).json")
    return place
  }

  private func run(_ flow: String, _ place: Workplace, _ sandbox: SandboxServer) async throws
    -> JSON
  {
    let outcome = try await place.start(
      ["run", "start", flow, "--input", "input.json", "--output", "json"],
      environment: sandbox.settings
    ).end()
    #expect(outcome.exitCode == 0, "\(outcome.output)\(outcome.errors)")
    return try JSON(parsing: outcome.output)
  }

  private func value(_ output: String, of run: JSON) -> JSON? {
    run["outputs"]?[output]?["value"]
  }

  @Test func `a domain of one's own is verified record by record, given a sender and linked`()
    async throws
  {
    let place = try project("custom-domain")
    let sandbox = try await SandboxServer(in: place, options: ["--step", "0"])
    try place.write(["domain": "news.example.org", "secondsBetweenChecks": 1], to: "input.json")
    let run = try await run("custom-domain", place, sandbox)
    let records = value("records", of: run)
    #expect(records?["SPF"]?["type"] == "TXT" && records?["DKIM2"]?["type"] == "CNAME")
    let links = value("linkedDomains", of: run)?.arrayValue ?? []
    #expect(links.count == 1)
    #expect(links.first?.stringValue?.hasSuffix("/sandbox-mail/domains/news.example.org") == true)
    // What was done is found done the second time.
    let again = try await self.run("custom-domain", place, sandbox)
    #expect(value("linkedDomains", of: again)?.arrayValue == links)
    expectNoCrash(try await sandbox.stop())
  }

  @Test func `a service is made ready to send mail, and sends one`() async throws {
    let place = try project("provision-communication")
    let sandbox = try await SandboxServer(in: place, options: ["--step", "0"])
    try place.write(["recipient": "ana@example.net"], to: "input.json")
    let run = try await run("provision-communication", place, sandbox)
    #expect(value("mail", of: run) == "Succeeded")
    let identity = value("identity", of: run)
    #expect(identity?["type"] == "SystemAssigned,UserAssigned")
    #expect(identity?["userAssignedIdentities"]?.objectValue?.count == 1)
    let mail = try await sandbox.captured("mail")
    #expect(mail.count == 1)
    #expect(mail.first?["content"]?.text.contains("ana@example.net") == true)
    let again = try await self.run("provision-communication", place, sandbox)
    #expect(value("sender", of: again) == value("sender", of: run))
    #expect(try await sandbox.captured("mail").count == 2)
    expectNoCrash(try await sandbox.stop())
  }
}
