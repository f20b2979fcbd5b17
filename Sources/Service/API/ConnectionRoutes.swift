import Connectors
import Definitions
import Diagnostics
import HTTPMessages
import OrderedJSON
import Runtime
import Seams

/// Connections; their secrets go in and never come out.
enum ConnectionRoutes {
  private static let base = "/api/connections"
  private static let one = "/api/connections/{connection}"

  static let routes: [Route] = [
    Route(
      "GET",
      base,
      "Connections_List",
      "Lists the connections, stored and declared.",
      .role(.reader),
      answers: [.ok("ConnectionList")],
      handler: list
    ),
    Route(
      "GET",
      one,
      "Connections_Get",
      "Gets a connection without its secrets.",
      .role(.reader),
      answers: [.ok("Connection")]
    ) { call throws(Problem) in .json(try await Self.document(call)) },
    Route(
      "PUT",
      one,
      "Connections_CreateOrUpdate",
      "Makes a connection, or gives one of the caller's new values, and tries it.",
      .role(.author),
      body: "ConnectionContent",
      answers: [.ok("Connection", "Changed"), .created("Connection")],
      handler: put
    ),
    Route(
      "DELETE",
      one,
      "Connections_Delete",
      "Deletes a stored connection with its token.",
      .role(.author),
      answers: [.noContent],
      handler: delete
    ),
    Route(
      "POST",
      "\(one)/test",
      "Connections_Test",
      "Tries a connection: its values, its token, and the connector's test operation.",
      .role(.operator),
      answers: [.ok("ConnectionTest")],
      handler: test
    ),
  ]

  // MARK: Reading

  @Sendable private static func list(_ call: Call) async throws(Problem) -> ServiceResponse {
    let connections = call.parts.connections
    let entries = try await call.connecting { () async throws(Diagnostic) in
      try await connections.book.entries()
    }
    let view = view(call)
    let stored = entries.map { resource(view.json($0)) }
    return Call.list(stored + connections.declared.map { resource(view.json($0)) })
  }

  private static func document(_ call: Call) async throws(Problem) -> JSON {
    let view = view(call)
    if let entry = try await entry(call) { return resource(view.json(entry)) }
    let name = call["connection"]
    if let declared = call.parts.connections.declaration(name) {
      return resource(view.json(declared))
    }
    throw unknown(name)
  }

  private static func unknown(_ name: String) -> Problem {
    .notFound("ConnectionNotFound", "The connection '\(name)' could not be found.")
  }

  private static func view(_ call: Call) -> ConnectionView {
    ConnectionView { [connections = call.parts.connections] in connections.connector($0) }
  }

  private static func resource(_ document: JSON) -> JSON {
    let name = document["name"]?.stringValue ?? ""
    return Links.resource(
      "/api/connections/\(PercentEncoding.encode(name))",
      name,
      "Microsoft.Web/connections",
      document.objectValue ?? JSONObject()
    )
  }

  private static func entry(_ call: Call) async throws(Problem) -> ConnectionBook.Entry? {
    try await call.connecting { () async throws(Diagnostic) in
      try await call.parts.connections.book.find(call["connection"], for: call.caller.name)
    }
  }

  // MARK: Changing

  @Sendable private static func put(_ call: Call) async throws(Problem) -> ServiceResponse {
    let content = try ConnectionContent(try call.object(of: ConnectionContent.members))
    let name = call["connection"]
    try ConnectionContent.requireName(name)
    let owned = try await entry(call).flatMap { $0.record?.owner == call.caller.name ? $0 : nil }
    let connector = try connector(content, replacing: owned?.record, call)
    let key: String
    if let owned { key = owned.key } else { key = try await freeKey(name, call) }
    let record = try record(content, connector, replacing: owned?.record, call)
    try await call.audit("connection.save", "connection/\(key)", detail: connector.name)
    let saved = try await finish(record, under: key, content, call)
    call.parts.connections.readAgain()
    let entry = ConnectionBook.Entry(key: key, connector: connector.name, record: saved)
    return ServiceResponse(
      status: owned == nil ? 201 : 200,
      json: resource(view(call).json(entry))
    )
  }

  private static func connector(
    _ content: ConnectionContent,
    replacing former: ConnectionRecord?,
    _ call: Call
  ) throws(Problem) -> Connector {
    guard let connector = call.parts.connections.connector(content.connector) else {
      throw Problem(
        422,
        "ConnectorNotFound",
        "The connector '\(content.connector)' is not installed."
      )
    }
    guard !content.isShared || connector.runtime.isShareable else {
      throw Problem(
        422,
        "ConnectionNotShareable",
        "Connections of '\(connector.name)' cannot be shared."
      )
    }
    let needsSignIn = connector.parameterSet(content.parameterSet)?.oauth != nil
    guard !needsSignIn || content.signIn != nil || content.keepsValues(of: former) else {
      throw Problem(
        422,
        "SignInNeeded",
        "A person has to sign in for this connection: use 'weir connection create' on the server."
      )
    }
    return connector
  }

  private static func freeKey(_ name: String, _ call: Call) async throws(Problem) -> String {
    let free = try await call.connecting { () async throws(Diagnostic) in
      try await call.parts.connections.book.freeKey(name, for: call.caller.name)
    }
    guard let free else {
      throw .conflict("ConnectionExists", "There is a connection '\(name)' already.")
    }
    return free
  }

  private static func record(
    _ content: ConnectionContent,
    _ connector: Connector,
    replacing former: ConnectionRecord?,
    _ call: Call
  ) throws(Problem) -> ConnectionRecord {
    var record = ConnectionRecord(
      name: former?.name ?? call["connection"],
      connector: connector.name,
      parameterSet: content.parameterSet ?? connector.parameterSet(nil)?.name,
      parameters: content.parameters,
      owner: call.caller.name,
      isShared: content.isShared,
      created: former?.created ?? call.now
    )
    if let former { record.take(former, valuesAreSame: content.keepsValues(of: former)) }
    if let limit = content.limit { record.limit = limit }
    if let status = content.status {
      record.status = status
      record.lastTested = call.now
    }
    if content.signIn != nil { record.signedIn = call.now }
    let problems = ConnectionCheck.diagnostics(record.values, for: connector)
    guard !problems.contains(where: { $0.severity == .error }) else {
      throw Problem(problems, "InvalidConnection", "The connection cannot be made.")
    }
    return record
  }

  private static func finish(
    _ record: ConnectionRecord,
    under key: String,
    _ content: ConnectionContent,
    _ call: Call
  ) async throws(Problem) -> ConnectionRecord {
    var record = record
    let connections = call.parts.connections
    let active: ActiveConnection
    do throws(Diagnostic) {
      active = try connections.activate(
        record,
        under: key,
        for: call.caller.name,
        isTrial: content.signIn != nil
      )
      if let tokens = content.signIn, let order = active.order {
        try await connections.tokens.adopt(tokens, for: order)
      }
      if content.isTested {
        _ = try await ConnectionTester(connections: connections).test(active)
        record.lastTested = call.now
      }
    } catch {
      throw Problem([error], "ConnectionTestFailed", "The connection does not work; not saved.")
    }
    let saved = record
    try await call.connecting { () async throws(Diagnostic) in
      guard content.signIn != nil else {
        return try await connections.book.save(saved, under: key)
      }
      try await connections.save(saved, under: key, signedInOn: active)
    }
    return record
  }

  @Sendable private static func delete(_ call: Call) async throws(Problem) -> ServiceResponse {
    let name = call["connection"]
    guard let entry = try await entry(call) else {
      guard call.parts.connections.declaration(name) == nil else {
        throw .conflict(
          "ConnectionDeclared",
          "The connection '\(name)' is declared in connections.json: remove it there."
        )
      }
      throw unknown(name)
    }
    guard entry.record.map({ $0.owner == call.caller.name }) ?? true || call.caller.role == .admin
    else { throw .forbidden("The connection '\(name)' belongs to somebody else.") }
    try await call.audit("connection.delete", "connection/\(entry.key)")
    let connections = call.parts.connections
    _ = try await call.asking { _ throws(StoreFailure) in
      try await connections.tokens.forget("connection/\(entry.key)")
    }
    try await call.connecting { () async throws(Diagnostic) in
      try await connections.book.delete(entry.key)
    }
    connections.readAgain()
    return .noContent
  }

  // MARK: Testing

  @Sendable private static func test(_ call: Call) async throws(Problem) -> ServiceResponse {
    let name = call["connection"]
    let connections = call.parts.connections
    let found = try await entry(call)
    guard found != nil || connections.declaration(name) != nil else { throw unknown(name) }
    try await call.audit("secret.use", "connection/\(found?.key ?? name.lowercased())")
    var problem: Diagnostic?
    var finding: ConnectionTester.Finding?
    do throws(Diagnostic) {
      let active = try await connections.unsigned(name, for: call.caller.name)
      let problems = ConnectionCheck.diagnostics(active.values, for: active.connector)
      if let first = problems.first(where: { $0.severity == .error }) { throw first }
      finding = try await ConnectionTester(connections: connections).test(active)
    } catch {
      problem = error
    }
    if problem?.code == .foreignConnection {
      throw .forbidden("The connection '\(name)' belongs to somebody else.")
    }
    if let found { try await note(problem, found, call) }
    return .json(answer(finding, problem))
  }

  private static func note(_ problem: Diagnostic?, _ entry: ConnectionBook.Entry, _ call: Call)
    async throws(Problem)
  {
    guard var record = entry.record else { return }
    record.status = problem.map(ConnectionTester.status) ?? .connected
    record.lastTested = call.now
    let tested = record
    try await call.connecting { () async throws(Diagnostic) in
      try await call.parts.connections.book.save(tested, under: entry.key)
    }
  }

  private static func answer(_ finding: ConnectionTester.Finding?, _ problem: Diagnostic?) -> JSON {
    var object: JSONObject = ["works": .bool(problem == nil)]
    switch finding {
    case .operation(let name): object["tried"] = .string(name)
    case .token: object["tried"] = "token"
    case .values: object["tried"] = "values"
    case nil: break
    }
    if let problem {
      object["error"] = ["code": .string(problem.code.id), "message": .string(problem.message)]
    }
    return .object(object)
  }
}

extension ConnectionContent {
  /// Whether the connection stays what it is, apart from who may use it and how often.
  fileprivate func keepsValues(of former: ConnectionRecord?) -> Bool {
    guard let former else { return false }
    return former.connector == connector && former.parameters == parameters
      && (parameterSet ?? former.parameterSet) == former.parameterSet
  }
}

extension ConnectionRecord {
  /// Keeps what the earlier version of the connection had beside its values.
  fileprivate mutating func take(_ former: ConnectionRecord, valuesAreSame: Bool) {
    limit = former.limit
    guard valuesAreSame else { return }
    status = former.status
    lastTested = former.lastTested
    signedIn = former.signedIn
  }
}
