import Definitions
import Engine
import HTTPMessages
import OrderedJSON
import Runtime
import Simulation
import Testing

struct HTTPAuthenticationTests {
  private func run(_ world: TokenWorld, _ authentication: String, uri: String = "https://a.example")
    throws -> RunState
  {
    let flow = try SimulatedWorld.flow(
      "call",
      Array(
        """
        {"definition": {"$schema": "https://schema.management.azure.com/providers/\
        Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#", "contentVersion": "1.0.0.0",
          "triggers": {"manual": {"type": "Request", "kind": "Http"}},
          "actions": {"Call": {"type": "Http", "inputs": {"method": "GET", "uri": "\(uri)",
            "authentication": \(authentication), "retryPolicy": {"type": "none"}},
            "runAfter": {}}}}}
        """.utf8
      )
    )
    return try world.executor.run { () async throws in
      try await SimulatedWorld.Process(environment: world.environment()).start(flow).end()
    }
  }

  private func world(refusing old: String? = nil) -> TokenWorld {
    TokenWorld(settings: ["AZURE_AUTHORITY_HOST": "https://id.example"]) { request, number in
      guard request.authority == "a.example" else { return .respond(TokenWorld.tokens(number)) }
      let isOld = old != nil && request.headers["Authorization"] == old
      return .respond(HTTPResponse(status: isOld ? 401 : 200))
    }
  }

  private let application = """
    {"type": "ActiveDirectoryOAuth", "tenant": "t", "audience": "https://b.example/",
     "clientId": "app", "secret": "client-s3cret"}
    """

  @Test func `an application's token is asked for and sent`() throws {
    let world = world()
    #expect(try run(world, application).status == .succeeded)
    let (first, last) = (world.transport.requests.first, world.transport.requests.last)
    #expect(first?.url == "https://id.example/t/oauth2/v2.0/token")
    #expect(first?.bodyText.contains("scope=https%3A%2F%2Fb.example%2F%2F.default") == true)
    #expect(last?.headers["Authorization"] == "Bearer token-1")
  }

  @Test func `a refused token is replaced once`() throws {
    let world = world(refusing: "Bearer token-1")
    #expect(try run(world, application).status == .succeeded)
    #expect(world.transport.requests.count == 4)
  }

  @Test func `a managed identity's token is asked for and sent`() throws {
    let world = world()
    let state = try run(
      world,
      #"{"type": "ManagedServiceIdentity", "audience": "https://b.example"}"#
    )
    #expect(state.status == .succeeded)
    #expect(world.transport.requests.first?.headers["Metadata"] == "true")
    #expect(world.transport.requests.last?.headers["Authorization"] == "Bearer token-1")
  }

  @Test func `a token never travels in clear`() throws {
    let world = world()
    #expect(try run(world, application, uri: "http://a.example").status == .failed)
    #expect(world.transport.requests.isEmpty)
  }

  @Test(arguments: [
    #"{"type": "ClientCertificate", "pfx": "x", "password": "y"}"#, #"{"type": "Kerberos"}"#,
    #"{"type": "ActiveDirectoryOAuth", "tenant": "t"}"#, #"{"type": "Raw"}"#,
  ])
  func `what cannot be used fails without a request`(_ authentication: String) throws {
    let world = world()
    #expect(try run(world, authentication).status == .failed)
    #expect(world.transport.requests.isEmpty)
  }
}
