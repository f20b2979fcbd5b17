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
  static let mail: JSON = [
    "body/senderAddress": "DoNotReply@example.org", "body/content/subject": "Order",
    "body/content/plainText": "Sent.", "body/recipients/to": [["address": "ana@example.net"]],
  ]

  static func search(_ more: JSONObject = [:]) -> JSON {
    var parameters: JSONObject = [
      "countryCode": "US", "body/phoneNumberType": "tollFree",
      "body/assignmentType": "application", "body/capabilities/calling": "outbound",
      "body/capabilities/sms": "outbound",
    ]
    for member in more.members { parameters[member.key] = member.value }
    return CommunicationWorld.call("numbers", "SearchAvailablePhoneNumbers", .object(parameters))
  }

  static func buy(after search: String = "Search") -> JSON {
    CommunicationWorld.call(
      "numbers",
      "PurchasePhoneNumbers",
      ["body/searchId": .string("@body('\(search)')?['searchId']"), "body/agreeToNotResell": true],
      after: search
    )
  }

  static let number: JSON = "@first(body('Search')?['phoneNumbers'])"

  func action(_ name: String, of run: JSON) throws -> JSON {
    let actions = run["actions"]?.arrayValue ?? []
    return try #require(actions.first { $0["name"]?.stringValue == name }, "\(run.prettyText)")
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
    let path = "Tests/RuntimeTests/Communication/CommunicationTests"
    let source = try ["", "+mail", "+sms", "+numbers"].map { part in
      String(decoding: try Fixtures.sample("\(path)\(part).swift"), as: UTF8.self)
    }.joined()
    for name in CommunicationWorld.connectors.values {
      for operation in try CommunicationWorld.connector(name).operations {
        #expect(source.contains("\"\(operation.id)\""), "\(operation.id) of \(name)")
      }
    }
  }
}
