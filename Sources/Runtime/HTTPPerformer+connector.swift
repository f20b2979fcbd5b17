import Definitions
package import Connectors
import Diagnostics
package import Engine
import HTTPMessages
package import OrderedJSON
import Seams
import Timekeeping

/// Calls of connector operations.
extension HTTPPerformer {
  /// Sends one call outside any run.
  package func perform(
    call: ConnectorCall,
    parameters: JSONObject,
    connection: ActiveConnection
  ) async -> AttemptResult.Outcome {
    var meter = Meter(start: environment.clock.now())
    do throws(Diagnostic) {
      return try await send(call, .named(parameters), connection, Origin(), &meter)
    } catch {
      return outcome(of: error)
    }
  }

  func call(
    _ host: HostReference,
    _ inputs: JSON,
    _ connection: ActiveConnection
  ) throws(Diagnostic) -> (ConnectorCall, OperationInputs) {
    if let operation = host.operation {
      let parameters = inputs["parameters"]?.objectValue ?? JSONObject()
      return (try connection.call(operation), .named(parameters))
    }
    let path = PathCall(
      method: inputs["method"]?.stringValue ?? "GET",
      path: inputs["path"]?.stringValue ?? "/",
      queries: inputs["queries"]?.objectValue ?? JSONObject(),
      headers: inputs["headers"]?.objectValue ?? JSONObject(),
      body: inputs["body"]
    )
    let match = try OperationMatcher.match(path, in: connection.connector)
    return (try connection.call(match.operation.id), .path(path))
  }

  func send(
    _ call: ConnectorCall,
    _ inputs: OperationInputs,
    _ connection: ActiveConnection,
    _ request: Origin,
    _ meter: inout Meter
  ) async throws(Diagnostic) -> AttemptResult.Outcome {
    let gate = connections.gate(of: connection)
    var lookups: [HTTPResponse] = []
    var hasNewToken = false
    while true {
      let values = connection.values
      let step = try call.step(inputs: inputs, connection: values, lookups: lookups)
      switch step {
      case .lookUp(let prepared):
        switch await exchange(prepared, gate, request, &meter) {
        case .success(let response):
          if response.status == 401, !hasNewToken,
            try await connections.replaceToken(of: connection, rejected: values.token)
          {
            hasNewToken = true
            continue
          }
          lookups.append(response)
        case .failure(let failure): return outcome(of: failure)
        }
      case .send(let prepared, let draft):
        let prepared = poll(prepared, at: request.pollLocation)
        switch await exchange(prepared, gate, request, &meter) {
        case .success(let response):
          if response.status == 401, !hasNewToken,
            try await connections.replaceToken(of: connection, rejected: values.token)
          {
            hasNewToken = true
            lookups = []
            continue
          }
          await connections.note(response.status, of: call.operation, connection)
          let final = try call.response(response, to: draft, connection: values)
          return self.response(final, to: prepared.request, request, decodedBy: connection, call)
        case .failure(let failure): return outcome(of: failure)
        }
      }
    }
  }
}
