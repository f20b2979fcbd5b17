import Diagnostics
import OrderedJSON
import Runtime
import Seams
import Timekeeping

/// The gates that regulate the calls of connections.
enum GateRoutes {
  static let routes: [Route] = [
    Route(
      "GET",
      "/api/gates",
      "Gates_List",
      "Lists the gates of connections: their limit, the calls in the window, who waits.",
      .role(.reader),
      answers: [.ok("GateList")],
      handler: list
    )
  ]

  @Sendable private static func list(_ call: Call) async throws(Problem) -> ServiceResponse {
    let connections = call.parts.connections
    let entries = try await call.connecting { () async throws(Diagnostic) in
      try await connections.book.entries()
    }
    var gates: [JSON] = []
    for entry in entries {
      guard let record = entry.record else { continue }
      gates.append(try await gate(entry.key, record.connector, record.limit, call))
    }
    for declared in connections.declared {
      let key = declared.name.lowercased()
      guard !entries.contains(where: { $0.key == key }) else { continue }
      gates.append(try await gate(key, declared.connector, declared.limit, call))
    }
    return Call.list(gates)
  }

  private static func gate(
    _ key: String,
    _ connector: String,
    _ limit: ConnectionDeclaration.Limit,
    _ call: Call
  ) async throws(Problem) -> JSON {
    let status = try await call.asking { _ throws(StoreFailure) in
      try await call.parts.connections.gateStatus(key, limit: limit, connector: connector)
    }
    return [
      "connection": .string(key),
      "connector": .string(connector),
      "limits": status.limit.map { ConnectionDeclaration.Limit.calls($0).json } ?? .null,
      "used": status.used.map { .integer(Int64($0)) } ?? .null,
      "waiting": .integer(Int64(status.waiting)),
      "closedUntil": status.closedUntil.map { .string($0.description) } ?? .null,
    ]
  }
}
