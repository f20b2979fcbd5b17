import Connectors
import Diagnostics
import HTTPMessages
import OrderedJSON
import Runtime
import Seams

/// Stores connections: through the server of the data folder when there is one, so that it uses them
/// at once and its audit tells of them, else here.
struct ConnectionKeeper: Sendable {
  let session: Session

  /// Saves a connection whose values were tried, or did not change.
  ///
  /// - Throws: `CommandFailure` when it cannot be stored.
  func save(_ record: ConnectionRecord, under key: String) async throws(CommandFailure) {
    if let server = session.server {
      return try await put(Self.content(record), record.name, server)
    }
    do throws(Diagnostic) { try await session.connections.book.save(record, under: key) } catch {
      throw CommandFailure([error], .unreachable)
    }
  }

  /// Saves a connection with what signing in gave; either both or nothing.
  ///
  /// - Throws: `CommandFailure` when it cannot be stored.
  func save(_ record: ConnectionRecord, under key: String, signedInOn trial: ActiveConnection)
    async throws(CommandFailure)
  {
    let connections = session.connections
    if let server = session.server, let order = trial.order,
      let tokens = await connections.tokens.tokens(of: order)
    {
      var content = Self.content(record)
      content["signIn"] = tokens.kept
      return try await put(content, record.name, server)
    }
    do throws(Diagnostic) {
      try await connections.save(record, under: key, signedInOn: trial)
    } catch {
      throw CommandFailure([error], .failure)
    }
  }

  /// Deletes a connection with its token.
  ///
  /// - Throws: `CommandFailure` when the store or the server refuses.
  func delete(_ key: String, named name: String) async throws(CommandFailure) {
    if let server = session.server {
      _ = try await server.demand("DELETE", Self.target(name))
      return
    }
    do throws(StoreFailure) {
      try await session.connections.tokens.forget("connection/\(key)")
    } catch {
      throw CommandFailure(error)
    }
    do throws(Diagnostic) { try await session.connections.book.delete(key) } catch {
      throw CommandFailure([error], .unreachable)
    }
  }

  private func put(_ content: JSONObject, _ name: String, _ server: LocalServer)
    async throws(CommandFailure)
  {
    _ = try await server.demand("PUT", Self.target(name), .object(content))
  }

  private static func target(_ name: String) -> String {
    "/api/connections/\(PercentEncoding.encode(name))"
  }

  /// It was tried here, if at all.
  private static func content(_ record: ConnectionRecord) -> JSONObject {
    let values = record.parameters.sorted { $0.key < $1.key }
    var content: JSONObject = [
      "connector": .string(record.connector), "shared": .bool(record.isShared), "test": false,
      "parameters": .object(JSONObject(values.map { ($0.key, .string($0.value)) })),
      "limits": record.limit.json,
    ]
    content["parameterSet"] = record.parameterSet.map { .string($0) }
    if record.lastTested != nil { content["status"] = .string(record.status.rawValue) }
    return content
  }
}
