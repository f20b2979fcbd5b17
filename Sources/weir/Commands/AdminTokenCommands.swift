import CommandLineArguments
import Crypto
import Diagnostics
import Foundation
import OrderedJSON
import Runtime
import Seams
import Service
import Timekeeping

extension Command {
  static let adminTokenCreate = Command(
    spec: CommandSpec(
      "admin",
      "token",
      "create",
      summary: "Make a token with which clients of the server prove who they are",
      positionals: [PositionalSpec("NAME", "Whose token it is")],
      options: [
        OptionSpec("role", "ROLE", "reader, operator, author or admin"),
        OptionSpec("expires", "90d|TIMESTAMP", "When it ends (default: never)"),
      ],
      discussion: """
        The token is shown this once: the data folder keeps its hash. From the first token on, \
        clients on this machine need one too, unless the server has --insecure-loopback.
        """
    )
  ) { context in
    let roles = Role.allCases.map(\.rawValue)
    guard let role = try context.arguments.choice("role", of: roles) else {
      throw UsageError("'--role' is missing", hint: "one of \(roles.joined(separator: ", "))")
    }
    let name = context.arguments[0] ?? ""
    guard TokenName.isFit(name) else {
      throw UsageError(
        "'\(name)' is no name for a token",
        hint: "up to 64 letters, digits and - _ . @"
      )
    }
    let now = SystemClock().now()
    let expires = try TimeArgument.future(context.arguments.value("expires"), "expires", now: now)
    return try await onSession(context) { session throws(CommandFailure) in
      let environment = session.environment
      let secret = BearerToken(from: environment.entropy)
      let token = AccessToken(
        name: name,
        hash: secret.hash(environment.digests),
        role: role,
        created: now,
        expires: expires
      )
      do throws(StoreFailure) {
        try await environment.store.createAccessToken(token)
        try await environment.store.recordAudit(audit("token.create", name, role, now))
      } catch {
        throw CommandFailure(error)
      }
      if context.wantsJSON {
        var document = document(token)
        document["token"] = .string(secret.text)
        context.print(.object(document))
      } else {
        context.print(secret.text)
        context.note("keep it: it is shown this once")
      }
      return .success
    }
  }

  static let adminTokenList = Command(
    spec: CommandSpec("admin", "token", "list", summary: "List the tokens, not what clients show")
  ) { context in
    try await onSession(context) { session throws(CommandFailure) in
      let tokens: [AccessToken]
      do throws(StoreFailure) { tokens = try await session.environment.store.accessTokens() } catch
      {
        throw CommandFailure(error)
      }
      guard !context.wantsJSON else {
        context.print(.array(tokens.map { .object(document($0)) }))
        return .success
      }
      let rows = tokens.map { token in
        [token.name, token.role, "\(token.created)", token.expires.map { "\($0)" } ?? "never"]
      }
      context.print(TextTable.text(["NAME", "ROLE", "CREATED", "EXPIRES"], rows))
      return .success
    }
  }

  static let adminTokenDelete = Command(
    spec: CommandSpec(
      "admin",
      "token",
      "delete",
      summary: "Delete tokens; who shows them is let in no more",
      positionals: [PositionalSpec("NAME", "Names of tokens", repeats: true)]
    )
  ) { context in
    try await onSession(context) { session throws(CommandFailure) in
      for name in context.arguments.positionals { try await deleteToken(name, session) }
      context.wantsJSON
        ? context.print(.array(context.arguments.positionals.map { .string($0) }))
        : context.print("\(context.arguments.positionals.count) deleted")
      return .success
    }
  }

  private static func deleteToken(_ name: String, _ session: Session) async throws(CommandFailure) {
    let environment = session.environment
    let isDeleted: Bool
    do throws(StoreFailure) {
      isDeleted = try await environment.store.deleteAccessToken(name)
      if isDeleted {
        let entry = audit("token.delete", name, nil, environment.clock.now())
        try await environment.store.recordAudit(entry)
      }
    } catch {
      throw CommandFailure(error)
    }
    guard !isDeleted else { return }
    throw CommandFailure(
      .unknownToken,
      "there is no token '\(name)'",
      hint: "'weir admin token list' shows the tokens",
      exitCode: .notFound
    )
  }

  private static func audit(_ action: String, _ name: String, _ detail: String?, _ now: Timestamp)
    -> AuditEntry
  {
    AuditEntry(
      time: now,
      actor: NSUserName(),
      action: action,
      subject: "token/\(name)",
      detail: detail
    )
  }

  private static func document(_ token: AccessToken) -> JSONObject {
    [
      "name": .string(token.name), "role": .string(token.role),
      "created": .string(token.created.description),
      "expires": token.expires.map { .string($0.description) } ?? .null,
    ]
  }
}
