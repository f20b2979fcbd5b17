import Connectors
import Definitions
import Diagnostics
import Engine
import Fixtures
import HTTPMessages
import OrderedJSON
import Runtime
import Seams
import Simulation
import Testing
import Timekeeping

struct ConnectionTests {
  static let connector: Connector? = {
    let folder = "definitions/azure-communication-identity"
    func file(_ name: String) -> ConnectorFiles.File? {
      (try? Fixtures.sample("\(folder)/\(name)")).map { ConnectorFiles.File(path: name, bytes: $0) }
    }
    guard let definition = file("apiDefinition.swagger.json") else { return nil }
    let files = ConnectorFiles(
      name: "azure-communication-identity",
      definition: definition,
      properties: file("apiProperties.json"),
      runtime: file("runtime.json")
    )
    return ConnectorDecoder.decode(files).connector
  }()

  static let principal: [String: String] = [
    "endpoint": "https://contoso.communication.azure.com", "tenantId": "t", "clientId": "app",
    "clientSecret": TokenWorld.secret, "authority": "https://id.example",
  ]

  private func connections(
    _ environment: Environment,
    user: String = "ann",
    declarations: [ConnectionDeclaration] = [],
    connector: Connector? = ConnectionTests.connector
  ) -> Connections {
    Connections(
      environment: environment,
      declarations: declarations,
      user: user,
      connector: { _ in connector }
    )
  }

  private func record(
    _ environment: Environment,
    set: String? = "servicePrincipal",
    parameters: [String: String] = ConnectionTests.principal,
    isShared: Bool = false
  ) -> ConnectionRecord {
    ConnectionRecord(
      name: "ACS",
      connector: "azure-communication-identity",
      parameterSet: set,
      parameters: parameters,
      owner: "ann",
      isShared: isShared,
      created: environment.clock.now()
    )
  }

  private func createUser(_ connections: Connections) async throws -> AttemptResult.Outcome {
    let connection = try await connections.connection("acs")
    return try await HTTPPerformer(environment: connections.environment, connections: connections)
      .perform(
        call: try connection.call("CreateCommunicationIdentity"),
        parameters: [:],
        connection: connection
      )
  }

  private func status(_ outcome: AttemptResult.Outcome) -> Int? {
    if case .response(let response) = outcome { response.statusCode } else { nil }
  }

  // MARK: Tokens

  @Test func `a service principal's call carries its token to the endpoint that it names`() throws {
    let world = TokenWorld { request, number in
      .respond(
        request.authority == "id.example"
          ? TokenWorld.tokens(number) : IdentityService.answer(request)
      )
    }
    try world.executor.run { () async throws in
      let environment = world.environment()
      let connections = connections(environment)
      try await connections.book.save(record(environment), under: "acs")
      let outcome = try await createUser(connections)
      #expect(status(outcome) == 201)
      let stolen = try await world.stored("connection/acs")
      #expect(!stolen.contains(TokenWorld.secret) && !stolen.contains("token-1"))
    }
    let call = world.transport.requests.last
    #expect(call?.authority == "contoso.communication.azure.com")
    #expect(call?.headers["Authorization"] == "Bearer token-1")
  }

  @Test func `a refused token is replaced and the call repeated once`() throws {
    let world = TokenWorld { request, number in
      guard request.authority != "id.example" else { return .respond(TokenWorld.tokens(number)) }
      let isOld = request.headers["Authorization"] == "Bearer token-1"
      return .respond(isOld ? HTTPResponse(status: 401) : IdentityService.answer(request))
    }
    try world.executor.run { () async throws in
      let environment = world.environment()
      let connections = connections(environment)
      try await connections.book.save(record(environment), under: "acs")
      let outcome = try await createUser(connections)
      #expect(status(outcome) == 201)
    }
    #expect(world.transport.requests.count == 4)
  }

  @Test func `a call that stays refused marks the connection`() throws {
    let world = TokenWorld { request, number in
      .respond(
        request.authority == "id.example"
          ? TokenWorld.tokens(number) : HTTPResponse(status: 401)
      )
    }
    try world.executor.run { () async throws in
      let environment = world.environment()
      let connections = connections(environment)
      try await connections.book.save(record(environment), under: "acs")
      let outcome = try await createUser(connections)
      #expect(status(outcome) == 401)
      let found = try await connections.book.find("acs", for: "ann")
      #expect(found?.record?.status == .unauthenticated)
    }
    #expect(world.transport.requests.count == 4)
  }

  @Test func `a connection that works again is marked so`() throws {
    let world = TokenWorld { request, number in
      .respond(
        request.authority == "id.example"
          ? TokenWorld.tokens(number) : IdentityService.answer(request)
      )
    }
    try world.executor.run { () async throws in
      let environment = world.environment()
      let connections = connections(environment)
      var broken = record(environment)
      broken.status = .unauthenticated
      try await connections.book.save(broken, under: "acs")
      _ = try await createUser(connections)
      let found = try await connections.book.find("acs", for: "ann")
      #expect(found?.record?.status == .connected)
    }
  }

  @Test func `a refused application is explained with the connection's name and no secret`() throws
  {
    let world = TokenWorld { _, _ in .respond(TokenWorld.refusal("invalid_client", status: 401)) }
    try world.executor.run { () async throws in
      let environment = world.environment()
      let connections = connections(environment)
      try await connections.book.save(record(environment), under: "acs")
      let problem = await #expect(throws: Diagnostic.self) {
        try await connections.connection("acs")
      }
      #expect(problem?.code == .signInRefused)
      #expect(problem?.message.contains("'ACS'") == true)
      #expect("\(String(describing: problem))".contains(TokenWorld.secret) == false)
      let found = try await connections.book.find("acs", for: "ann")
      #expect(found?.record?.status == .unauthenticated)
    }
  }

  @Test(arguments: [
    "http://contoso.example", "https://169.254.169.254", "ftp://contoso.example", "https://",
  ])
  func `a token goes to no endpoint that is not safe`(_ endpoint: String) throws {
    let world = TokenWorld { _, number in .respond(TokenWorld.tokens(number)) }
    var parameters = Self.principal
    parameters["endpoint"] = endpoint
    let unsafe = parameters
    try world.executor.run { () async throws in
      let environment = world.environment()
      let connections = connections(environment)
      try await connections.book.save(record(environment, parameters: unsafe), under: "acs")
      await #expect(throws: Diagnostic.self) { try await createUser(connections) }
    }
    #expect(world.transport.requests.allSatisfy { $0.authority == "id.example" })
  }

  // MARK: Finding

  @Test func `a stored connection wins over a declared one, and its values are taken as they are`()
    throws
  {
    let world = TokenWorld { _, _ in .refused }
    let declared = ConnectionDeclaration(
      name: "acs",
      connector: "azure-communication-identity",
      parameters: ["api_key": "@appsetting('CONNECTION')"]
    )
    world.set("CONNECTION", SimulatedWorld.connectionString)
    try world.executor.run { () async throws in
      let environment = world.environment()
      let connections = connections(environment, declarations: [declared])
      let before = try await connections.connection("ACS")
      #expect(before.values.values["api_key"] == SimulatedWorld.connectionString)
      let stored = record(environment, set: nil, parameters: ["api_key": "@{literal}"])
      try await connections.book.save(stored, under: "acs")
      try await world.clock.sleep(until: world.clock.now() + .seconds(3))
      let after = try await connections.connection("ACS")
      #expect(after.values.values["api_key"] == "@{literal}")
    }
  }

  @Test func `somebody else's connection is not used, and the error says how to make one`() throws {
    let world = TokenWorld { _, _ in .refused }
    try world.executor.run { () async throws in
      let environment = world.environment()
      let connections = connections(environment, user: "bob")
      let stored = record(
        environment,
        set: nil,
        parameters: ["api_key": SimulatedWorld.connectionString],
        isShared: true
      )
      try await connections.book.save(stored, under: "acs")
      let problem = await #expect(throws: Diagnostic.self) {
        try await connections.connection("acs")
      }
      #expect(problem?.code == .foreignConnection)
      #expect(
        problem?.hint
          == "make your own: weir connection create ACS --connector azure-communication-identity"
      )
      let key = try await connections.book.freeKey("acs", for: "bob")
      #expect(key == "acs@bob")
      var own = stored
      own.owner = "bob"
      try await connections.book.save(own, under: "acs@bob")
      let found = try await connections.connection("acs")
      #expect(found.key == "acs@bob")
      let annas = try await connections.connection("acs", for: "ann")
      #expect(annas.key == "acs")
    }
  }

  @Test(arguments: [true, false])
  func `a shareable connector's connection is used when its owner shares it`(
    _ isShared: Bool
  ) throws {
    let world = TokenWorld { _, _ in .refused }
    var shareable = try #require(Self.connector)
    shareable.runtime.isShareable = true
    let connector = shareable
    try world.executor.run { () async throws in
      let environment = world.environment()
      let connections = connections(environment, user: "bob", connector: connector)
      let stored = record(environment, set: nil, parameters: ["api_key": "x"], isShared: isShared)
      try await connections.book.save(stored, under: "acs")
      let found = try? await connections.connection("acs")
      #expect((found != nil) == isShared)
    }
  }

  @Test func `a connector without a limit gets the usual one, which can be lifted`() throws {
    let world = TokenWorld { _, _ in .refused }
    var unlimited = try #require(Self.connector)
    unlimited.runtime.throttling = nil
    let connector = unlimited
    func declared(_ name: String, _ limit: ConnectionDeclaration.Limit) -> ConnectionDeclaration {
      ConnectionDeclaration(name: name, connector: "c", parameters: ["api_key": "x"], limit: limit)
    }
    let declarations = [declared("a", .ofConnector), declared("b", .off)]
    try world.executor.run { () async throws in
      let connections = connections(
        world.environment(),
        declarations: declarations,
        connector: connector
      )
      let usual = try await connections.connection("a").limit
      #expect(usual == CallLimit(calls: 500, renewalPeriod: .seconds(60)))
      let lifted = try await connections.connection("b").limit
      #expect(lifted == nil)
    }
  }
}
