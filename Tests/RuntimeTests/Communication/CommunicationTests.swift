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

/// The connectors for mail, SMS and phone numbers against the sandbox.
@Suite struct CommunicationTests {
  private static let mail: JSON = [
    "body/senderAddress": "DoNotReply@example.org", "body/content/subject": "Order",
    "body/content/plainText": "Sent.", "body/recipients/to": [["address": "ana@example.net"]],
  ]

  private static func search(_ more: JSONObject = [:]) -> JSON {
    var parameters: JSONObject = [
      "countryCode": "US", "body/phoneNumberType": "tollFree",
      "body/assignmentType": "application", "body/capabilities/calling": "outbound",
      "body/capabilities/sms": "outbound",
    ]
    for member in more.members { parameters[member.key] = member.value }
    return CommunicationWorld.call("numbers", "SearchAvailablePhoneNumbers", .object(parameters))
  }

  private static func buy(after search: String = "Search") -> JSON {
    CommunicationWorld.call(
      "numbers",
      "PurchasePhoneNumbers",
      ["body/searchId": .string("@body('\(search)')?['searchId']"), "body/agreeToNotResell": true],
      after: search
    )
  }

  private static let number: JSON = "@first(body('Search')?['phoneNumbers'])"

  private func action(_ name: String, of run: JSON) throws -> JSON {
    let actions = run["actions"]?.arrayValue ?? []
    return try #require(actions.first { $0["name"]?.stringValue == name }, "\(run.prettyText)")
  }

  // MARK: Mail

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
      let first = try world.process("first", hooks: .dying(at: append, after: after))
      let driver = try await first.start(flow)
      _ = try? await driver.end()
      await first.environment.store.close()
      let second = try world.process("second")
      let state = try await second.worker.takeOver(driver.run).end()
      #expect(state.status == .succeeded)
      return await world.admin("GET", "mail")
    }
    #expect(captured["mail"]?.arrayValue?.count == 1)
  }

  // MARK: SMS

  private static func sms(_ recipients: JSON, after previous: String = "Buy") -> JSON {
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

  // MARK: Phone numbers

  @Test func `a number lives from its search to its release`() throws {
    let call = CommunicationWorld.call
    let run = try CommunicationWorld().run([
      "Search": Self.search(), "Buy": Self.buy(),
      "Result": call(
        "numbers",
        "GetPhoneNumberSearchResult",
        ["searchId": "@body('Search')?['searchId']"],
        "Buy"
      ),
      "List": call("numbers", "ListPhoneNumbers", ["top": 1], "Result"),
      "Change": call(
        "numbers",
        "UpdatePhoneNumberCapabilities",
        ["phoneNumber": Self.number, "body/sms": "none"],
        "List"
      ),
      "Get": call("numbers", "GetPhoneNumber", ["phoneNumber": Self.number], "Change"),
      "Release": call("numbers", "ReleasePhoneNumber", ["phoneNumber": Self.number], "Get"),
      "Operation": call(
        "numbers",
        "GetPhoneNumberOperation",
        ["operationId": "@body('Release')?['id']"],
        "Release"
      ),
    ])
    #expect(run["status"] == "Succeeded", "\(run.prettyText)")
    let found = try action("Search", of: run)["outputs"]?["body"]
    #expect(found?["phoneNumbers"]?.arrayValue?.count == 1)
    let bought = try action("Buy", of: run)["outputs"]?["body"]
    #expect(bought?["operationType"] == "purchase" && bought?["status"] == "succeeded")
    let changed = try action("Change", of: run)["outputs"]?["body"]
    #expect(changed?["phoneNumber"] == found?["phoneNumbers"]?[0])
    #expect(changed?["capabilities"] == ["calling": "outbound", "sms": "none"])
    #expect(try action("Get", of: run)["outputs"]?["body"] == changed)
    let last = try action("Operation", of: run)["outputs"]?["body"]
    #expect(last?["operationType"] == "releasePhoneNumber")
  }

  @Test func `a hold that expired fails the purchase with the service's reason`() throws {
    let wait: JSON = [
      "type": "Wait", "runAfter": ["Search": ["Succeeded"]],
      "inputs": ["interval": ["count": 16, "unit": "Minute"]],
    ]
    var buy = Self.buy().objectValue ?? [:]
    buy["runAfter"] = ["Wait": ["Succeeded"]]
    let run = try CommunicationWorld().run([
      "Search": Self.search(), "Wait": wait, "Buy": .object(buy),
    ])
    #expect(try action("Buy", of: run)["error"]?["code"] == "ReservationExpired")
  }

  @Test func `a search that is not awaited can be cancelled`() throws {
    var search = Self.search().objectValue ?? [:]
    search["operationOptions"] = "DisableAsyncPattern"
    let run = try CommunicationWorld().run([
      "Search": .object(search),
      "Cancel": CommunicationWorld.call(
        "numbers",
        "CancelPhoneNumberOperation",
        ["operationId": "@outputs('Search')?['headers']?['operation-id']"],
        after: "Search"
      ),
    ])
    #expect(run["status"] == "Succeeded", "\(run.prettyText)")
    #expect(try action("Search", of: run)["outputs"]?["statusCode"] == 202)
    #expect(try action("Cancel", of: run)["outputs"]?["statusCode"] == 204)
  }

  @Test func `numbers are browsed, reserved and bought`() throws {
    let id = "6a52f0b8-2d3c-4e5f-8a7b-9c0d1e2f3a4b"
    let other = "6a52f0b8-2d3c-4e5f-8a7b-9c0d1e2f3a4c"
    let call = CommunicationWorld.call
    let shown = "first(body('Browse')?['phoneNumbers'])"
    let numbers: JSON = .string("@addProperty(json('{}'), \(shown)?['id'], \(shown))")
    let run = try CommunicationWorld().run([
      "Browse": call(
        "numbers",
        "BrowseAvailablePhoneNumbers",
        ["countryCode": "US", "body/phoneNumberType": "tollFree"],
        nil
      ),
      "Reserve": call(
        "numbers",
        "UpdatePhoneNumberReservation",
        ["reservationId": .string(id), "body/phoneNumbers": numbers],
        "Browse"
      ),
      "List": call("numbers", "ListPhoneNumberReservations", [:], "Reserve"),
      "Buy": call(
        "numbers",
        "PurchasePhoneNumberReservation",
        ["reservationId": .string(id)],
        "List"
      ),
      "Get": call("numbers", "GetPhoneNumberReservation", ["reservationId": .string(id)], "Buy"),
      "Other": call(
        "numbers",
        "UpdatePhoneNumberReservation",
        ["reservationId": .string(other), "body/phoneNumbers": [:]],
        "Get"
      ),
      "Delete": call(
        "numbers",
        "DeletePhoneNumberReservation",
        ["reservationId": .string(other)],
        "Other"
      ),
    ])
    #expect(run["status"] == "Succeeded", "\(run.prettyText)")
    #expect(try action("Reserve", of: run)["outputs"]?["statusCode"] == 201)
    #expect(try action("Get", of: run)["outputs"]?["body"]?["status"] == "completed")
  }

  @Test func `the catalogue is read in pages`() throws {
    let call = CommunicationWorld.call
    var countries =
      call("numbers", "ListAvailableCountries", ["maxPageSize": 2], nil).objectValue ?? [:]
    countries["runtimeConfiguration"] = ["paginationPolicy": ["minimumItemCount": 100]]
    let run = try CommunicationWorld().run([
      "Countries": .object(countries),
      "Places": call("numbers", "ListAvailableLocalities", ["countryCode": "US"], nil),
      "Codes": call(
        "numbers",
        "ListAvailableAreaCodes",
        ["countryCode": "US", "phoneNumberType": "geographic", "locality": "Seattle"],
        nil
      ),
      "Offerings": call("numbers", "ListPhoneNumberOfferings", ["countryCode": "US"], nil),
      "Operators": call(
        "numbers",
        "SearchOperatorInformation",
        ["body/phoneNumbers": ["+12065550123"]],
        nil
      ),
    ])
    #expect(run["status"] == "Succeeded", "\(run.prettyText)")
    let all = try action("Countries", of: run)["outputs"]?["body"]
    #expect(all?["countries"]?.arrayValue?.count == 5 && all?["nextLink"] == nil)
  }

  // MARK: Credentials

  @Test(arguments: [
    "servicePrincipal", "servicePrincipalCertificate", "managedIdentity", "workloadIdentity",
  ])
  func `every way to sign in reaches every service`(_ set: String) throws {
    let world = CommunicationWorld()
    world.linkDomain("example.org")
    let host = JSON.string("http://\(CommunicationWorld.address)")
    let values: [String: JSON] = [
      "endpoint": host, "authority": host, "tenantId": .string(world.setting("AZURE_TENANT_ID")),
      "clientId": .string(world.setting("AZURE_CLIENT_ID")),
      "clientSecret": .string(world.setting("AZURE_CLIENT_SECRET")), "certificate": "PEM",
      "tokenFile": "/token",
    ]
    let wanted = try CommunicationWorld.connector("azure-communication-email").parameterSet(set)
    let parameters = try #require(wanted?.parameters)
    let names = parameters.map(\.key)
    var given = JSONObject()
    for name in names where set != "managedIdentity" || name == "endpoint" {
      given[name] = values[name]
    }
    let run = try world.run(
      [
        "Send": CommunicationWorld.call("mail", "SendEmail", Self.mail),
        "Search": Self.search(), "Buy": Self.buy(), "Message": Self.sms([["to": "+14255550123"]]),
      ],
      parameterSet: (set, given)
    )
    #expect(run["status"] == "Succeeded", "\(run.prettyText)")
    let services = world.transport.requests.filter {
      !$0.path.contains("token") && $0.method == "POST"
    }
    #expect(services.allSatisfy { $0.headers["Authorization"]?.hasPrefix("Bearer ") == true })
  }

  // MARK: Completeness

  @Test func `every operation of the connectors is called by these tests`() throws {
    let path = "Tests/RuntimeTests/Communication/CommunicationTests.swift"
    let source = String(decoding: try Fixtures.sample(path), as: UTF8.self)
    for name in CommunicationWorld.connectors.values {
      for operation in try CommunicationWorld.connector(name).operations {
        #expect(source.contains("\"\(operation.id)\""), "\(operation.id) of \(name)")
      }
    }
  }
}
