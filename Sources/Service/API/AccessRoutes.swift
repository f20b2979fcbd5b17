import OrderedJSON
import Runtime
import Seams
import Timekeeping

/// Tokens, and the audit of what was done with them.
enum AccessRoutes {
  static let routes: [Route] = [
    Route(
      "GET",
      "/api/me",
      "Access_WhoAmI",
      "Tells who the caller is, and what they may do.",
      .role(.reader),
      answers: [.ok("Caller")]
    ) { call throws(Problem) in
      .json(["name": .string(call.caller.name), "role": .string(call.caller.role.rawValue)])
    },
    Route(
      "GET",
      "/api/tokens",
      "Tokens_List",
      "Lists the tokens; what clients show is kept nowhere.",
      .role(.admin),
      answers: [.ok("TokenList")]
    ) { call throws(Problem) in
      let tokens = try await call.asking { store throws(StoreFailure) in
        try await store.accessTokens()
      }
      return Call.list(tokens.map { .object(Self.document($0)) })
    },
    Route(
      "POST",
      "/api/tokens",
      "Tokens_Create",
      "Makes a token; it is shown this once.",
      .role(.admin),
      body: "TokenOrder",
      answers: [.created("NewToken")],
      handler: create
    ),
    Route(
      "DELETE",
      "/api/tokens/{token}",
      "Tokens_Delete",
      "Deletes a token; who shows it is not let in any more.",
      .role(.admin),
      answers: [.noContent],
      handler: delete
    ),
    Route(
      "GET",
      "/api/audit",
      "Audit_List",
      "Lists changes and uses of secrets, newest first.",
      .role(.admin),
      queries: [
        .init(
          name: "since",
          summary: "Only what happened at or after this time",
          schema: ["type": "string", "format": "date-time"]
        ),
        .init(
          name: "$top",
          summary: "The most entries",
          schema: ["type": "integer", "minimum": 1, "maximum": 1_000, "default": 100]
        ),
      ],
      answers: [.ok("AuditList")],
      handler: audit
    ),
  ]

  @Sendable private static func create(_ call: Call) async throws(Problem) -> ServiceResponse {
    let object = try call.object(of: ["name", "role", "expires"])
    let name = try name(object)
    guard let role = object["role"]?.stringValue.flatMap(Role.init) else {
      let roles = Role.allCases.map { "'\($0)'" }.joined(separator: ", ")
      throw .invalidContent("'role' must be one of \(roles).")
    }
    let secret = BearerToken(from: call.parts.environment.entropy)
    let token = AccessToken(
      name: name,
      hash: secret.hash(call.parts.environment.digests),
      role: role.rawValue,
      created: call.now,
      expires: try expiry(object, call.now)
    )
    guard try await !isTaken(name, call) else { throw taken(name) }
    try await call.audit("token.create", "token/\(name)", detail: role.rawValue)
    try await call.asking { store throws(StoreFailure) in try await store.createAccessToken(token) }
    var document = document(token)
    document["token"] = .string(secret.text)
    return ServiceResponse(status: 201, json: .object(document))
  }

  private static func taken(_ name: String) -> Problem {
    .conflict("TokenExists", "There is a token '\(name)' already.")
  }

  private static func isTaken(_ name: String, _ call: Call) async throws(Problem) -> Bool {
    try await call.asking { store throws(StoreFailure) in
      try await store.accessTokens().contains { $0.name == name }
    }
  }

  private static func name(_ object: JSONObject) throws(Problem) -> String {
    let name = object["name"]?.stringValue ?? ""
    guard TokenName.isFit(name) else {
      throw .invalidContent("'name' must be up to 64 letters, digits and - _ . @")
    }
    return name
  }

  private static func expiry(_ object: JSONObject, _ now: Timestamp) throws(Problem) -> Timestamp? {
    guard let value = object["expires"], !value.isNull else { return nil }
    guard let time = value.stringValue.flatMap(Timestamp.init(iso8601:)), time > now else {
      throw .invalidContent("'expires' must be a time in the future, in ISO 8601.")
    }
    return time
  }

  @Sendable private static func delete(_ call: Call) async throws(Problem) -> ServiceResponse {
    let name = call["token"]
    guard try await isTaken(name, call) else {
      throw .notFound("TokenNotFound", "The token '\(name)' could not be found.")
    }
    try await call.audit("token.delete", "token/\(name)")
    _ = try await call.asking { store throws(StoreFailure) in
      try await store.deleteAccessToken(name)
    }
    return .noContent
  }

  private static func document(_ token: AccessToken) -> JSONObject {
    [
      "name": .string(token.name), "role": .string(token.role),
      "created": .string(token.created.description),
      "expires": token.expires.map { .string($0.description) } ?? .null,
    ]
  }

  // MARK: Audit

  @Sendable private static func audit(_ call: Call) async throws(Problem) -> ServiceResponse {
    let limit = try call.integer("$top", in: 1...1_000) ?? 100
    var since: Timestamp?
    if let text = call.query["since"] {
      guard let time = Timestamp(iso8601: text) else {
        throw .badRequest("InvalidQueryParameter", "'since' must be a time in ISO 8601.")
      }
      since = time
    }
    let entries = try await call.asking { [since] store throws(StoreFailure) in
      try await store.audit(since: since, limit: limit)
    }
    return Call.list(
      entries.map { entry in
        [
          "time": .string(entry.time.description), "actor": .string(entry.actor),
          "action": .string(entry.action), "subject": .string(entry.subject),
          "detail": entry.detail.map { .string($0) } ?? .null,
        ]
      }
    )
  }
}
