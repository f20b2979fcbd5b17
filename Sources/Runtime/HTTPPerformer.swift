import Definitions
import Connectors
import Diagnostics
package import Engine
import HTTPMessages
import OrderedJSON
import Seams
import Timekeeping

/// Sends what Http and connector actions ask for: builds, waits at the gate, signs, sends, decodes.
package final class HTTPPerformer: ActionPerformer {
  let environment: Environment
  let connections: Connections
  let tokens: TokenCache

  package init(environment: Environment, connections: Connections) {
    self.environment = environment
    self.connections = connections
    tokens = TokenCache(environment: environment)
  }

  package func perform(_ request: ActionRequest) async -> AttemptResult {
    let start = environment.clock.now()
    var meter = Meter(start: start)
    let outcome: AttemptResult.Outcome
    do throws(Diagnostic) {
      outcome = try await send(request, &meter)
    } catch {
      outcome = self.outcome(of: error)
    }
    return AttemptResult(
      number: request.attempt,
      startTime: meter.start,
      endTime: environment.clock.now(),
      waitedForThrottle: meter.waited,
      outcome: outcome
    )
  }

  /// Who sends: a run, or somebody at the command line.
  struct Origin: Sendable {
    var run = RunID("")
    var pollLocation: String?
    /// The name of the step, from which the key for the service is made.
    var idempotencyKey: String?
    /// Keeps the time of the step's first request; `nil` outside a run.
    var firstSent: (@Sendable () async -> Timestamp?)?
    var callbackURL: String?
    /// Query parameters in place of what the inputs give.
    var queries: [String: String] = [:]
    /// How many items the action wants from an answer in pages.
    var minimumItemCount: Int?
    /// Where the subscription that is to be ended was put; `nil` for any other call.
    var subscription: String?
    var traceparent: String?
  }

  /// When the attempt really began, and how long the gate held it back before.
  struct Meter: Sendable {
    var start: Timestamp
    var waited = Duration.zero
  }

  func send(_ request: ActionRequest, _ meter: inout Meter)
    async throws(Diagnostic) -> AttemptResult.Outcome
  {
    guard !["http", "httpwebhook"].contains(request.action.type.lowercased()) else {
      return try await http(request)
    }
    guard let host = HostReference(inputs: request.inputs) else {
      throw Diagnostic(
        .unknownConnection,
        "the action '\(request.action.name)' names no connection",
        hint: "write \"host\": {\"connectionName\": …, \"operationId\": …}"
      )
    }
    let name = request.connections[host.connection.lowercased()] ?? host.connection
    let connection = try await connections.connection(name, for: request.user)
    await connections.noteUse(of: connection, by: request.user, in: request.run)
    let (call, inputs) = try call(host, request.inputs, connection)
    let isCall = request.purpose == .call
    var origin = Origin(
      run: request.run,
      pollLocation: isCall ? request.pollLocation : nil,
      idempotencyKey: request.idempotencyKey,
      firstSent: isCall ? request.firstSent : nil,
      callbackURL: request.callbackURL,
      minimumItemCount: request.action.minimumItemCount,
      subscription: isCall ? nil : request.pollLocation,
      traceparent: request.traceparent
    )
    origin.queries = request.queries
    return try await send(call, inputs, connection, origin, &meter)
  }
}
