import Connectors
import Definitions
import Diagnostics
import Fixtures
import Foundation
import HTTPMessages
import OrderedJSON
import Testing

@testable import AzureSandbox

/// The connector `azure-communication-management`, from a flow's inputs to the sandbox's answer.
struct ManagementConnectorTests {
  private static let name = "azure-communication-management"

  private static func connector() throws -> Connector {
    func file(_ name: String) throws -> ConnectorFiles.File {
      let path = "definitions/\(Self.name)/\(name)"
      return ConnectorFiles.File(path: path, bytes: try Fixtures.sample(path))
    }
    let files = ConnectorFiles(
      name: name,
      definition: try file("apiDefinition.swagger.json"),
      properties: try file("apiProperties.json"),
      runtime: try file("runtime.json"),
      hasScript: false
    )
    let (connector, diagnostics) = ConnectorDecoder.decode(files)
    #expect(diagnostics.filter { $0.severity == .error }.isEmpty)
    return try #require(connector)
  }

  /// What the steps use unless they say otherwise.
  private static let usual: JSONObject = [
    "subscriptionId": "${subscription}", "resourceGroupName": "flows-dev",
    "serviceName": "contoso", "emailServiceName": "contoso-mail",
    "domainName": "mail.example.org", "senderUsername": "info", "suppressionListName": "list",
    "addressId": "one", "identityName": "caller", "location": "westus2",
    "roleAssignmentName": "5d6f0d0e-2c58-4a0c-9a52-3d7ce0c1f0aa",
  ]

  @Test func `every operation of the connector does what it says`() async throws {
    let connector = try Self.connector()
    let steps =
      try Fixtures.json("AzureSandboxTests/Data/management-connector.json").arrayValue ?? []
    let bench = ManagementBench()
    var kept = ["subscription": bench.bench.sandbox.tenant.subscriptionID]
    for (index, step) in steps.enumerated() {
      let answer = try await perform(step, connector, bench, kept)
      let place = Comment(rawValue: "step \(index): \(step.text("operation")) \(answer.message)")
      #expect(answer.status == step["status"]?.integerValue.map(Int.init), place)
      for member in step["expect"]?.objectValue?.members ?? [] {
        let value = answer.json.value(at: member.key)
        #expect(value == filled(member.value, kept), place)
      }
      for member in step["differs"]?.objectValue?.members ?? [] {
        let value = try #require(answer.json.value(at: member.key), place)
        #expect(value != filled(member.value, kept), place)
      }
      for member in step["keep"]?.objectValue?.members ?? [] {
        kept[member.key] = answer.json.value(at: member.value.stringValue ?? "")?.stringValue
      }
      let address = answer.response.headers["Azure-AsyncOperation"] ?? ""
      kept["operation"] = address.split(separator: "/").last?.split(separator: "?").first
        .map(String.init)
      if step["staysBusy"] != true { bench.settle() }
    }
    let tried = Set(steps.map { $0.text("operation") })
    #expect(tried == Set(connector.operations.map(\.id)))
  }

  private func perform(
    _ step: JSON,
    _ connector: Connector,
    _ bench: ManagementBench,
    _ kept: [String: String]
  ) async throws -> TestBench.Answer {
    let operation = try #require(connector.operation(step.text("operation")))
    var inputs = JSONObject()
    for parameter in operation.parameters where Self.usual[parameter.name] != nil {
      inputs[parameter.name] = filled(Self.usual[parameter.name] ?? .null, kept)
    }
    for member in step["inputs"]?.objectValue?.members ?? [] {
      inputs[member.key] = filled(member.value, kept)
    }
    let connection = ConnectionValues(
      parameterSet: "managedIdentity",
      values: ["endpoint": "http://\(TestBench.host)"],
      token: await bench.managementToken()
    )
    let call = ConnectorCall(connector: connector, operation: operation)
    guard
      case .send(let prepared, _) = try call.step(inputs: .named(inputs), connection: connection)
    else { throw Diagnostic(.notExecutable, "a look-up") }
    var request = prepared.request
    request.headers["Host"] = request.authority
    return TestBench.Answer(await bench.bench.sandbox.handle(request))
  }

  /// A value with what earlier steps kept in the place of `${name}`.
  private func filled(_ value: JSON, _ kept: [String: String]) -> JSON {
    if let elements = value.arrayValue { return .array(elements.map { filled($0, kept) }) }
    guard var text = value.stringValue else { return value }
    for (name, replacement) in kept { text = text.replacing("${\(name)}", with: replacement) }
    return .string(text)
  }

  // MARK: Connections

  @Test(arguments: [
    "servicePrincipal", "servicePrincipalCertificate", "managedIdentity", "workloadIdentity",
  ])
  func `every way to connect asks for a token for the management of resources`(_ set: String)
    throws
  {
    let set = try #require(try Self.connector().parameterSet(set))
    #expect(set.token?.scope == "https://management.azure.com/.default")
    let endpoint = try #require(set.endpoint)
    #expect(set.parameter(endpoint)?.defaultValue == "https://management.azure.com")
  }

  @Test func `without an address of its own a connection goes to the public cloud`() throws {
    let connector = try Self.connector()
    let operation = try #require(connector.operation("ListAllEmailServices"))
    let step = try ConnectorCall(connector: connector, operation: operation).step(
      inputs: .named(["subscriptionId": "s"]),
      connection: ConnectionValues(parameterSet: "managedIdentity", token: "t")
    )
    guard case .send(let prepared, _) = step else {
      Issue.record("a look-up")
      return
    }
    #expect(
      prepared.request.url
        == "https://management.azure.com/subscriptions/s/providers/Microsoft.Communication"
        + "/emailServices?api-version=2025-09-01"
    )
    #expect(prepared.request.headers["Authorization"] == "Bearer t")
  }

  @Test func `creating, deleting, moving and verifying wait until the work is done`() throws {
    let waiting = try Self.connector().operations.filter { $0.longRunning != nil }.map(\.id)
    #expect(
      Set(waiting) == [
        "CreateCommunicationService", "DeleteCommunicationService", "CreateEmailService",
        "DeleteEmailService", "CreateDomain", "DeleteDomain", "InitiateVerification",
        "CancelVerification", "MoveResources", "ValidateMoveResources",
      ]
    )
  }
}

extension JSON {
  /// The value that a JSON pointer leads to.
  fileprivate func value(at pointer: String) -> JSON? {
    pointer.split(separator: "/").reduce(JSON?.some(self)) { value, part in
      Int(part).flatMap { value?[$0] } ?? value?[String(part)]
    }
  }
}
