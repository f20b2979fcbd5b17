import Definitions
package import Connectors
package import Diagnostics
package import Engine
import HTTPMessages
package import OrderedJSON
import Seams
import Timekeeping

/// Calls of connector operations.
extension HTTPPerformer {
  /// Sends one call outside any run.
  ///
  /// - Throws: What keeps the call from being made: C0003 to C0010 for its inputs and settings, K0001
  ///   to K0006 for the connection, and what `TokenSource` throws.
  package func perform(
    call: ConnectorCall,
    parameters: JSONObject,
    connection: ActiveConnection,
    minimumItemCount: Int? = nil
  ) async throws(Diagnostic) -> AttemptResult.Outcome {
    var meter = Meter(start: environment.clock.now())
    let origin = Origin(minimumItemCount: minimumItemCount)
    return try await send(call, .named(parameters), connection, origin, &meter)
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
    let path = PathCall(inputs: inputs)
    let match = try OperationMatcher.match(path, in: connection.connector)
    return (try connection.call(match.operation.id), .path(path))
  }

  func send(
    _ call: ConnectorCall,
    _ inputs: OperationInputs,
    _ connection: ActiveConnection,
    _ origin: Origin,
    _ meter: inout Meter
  ) async throws(Diagnostic) -> AttemptResult.Outcome {
    let attempt = ConnectorAttempt(
      performer: self,
      call: call,
      inputs: inputs,
      connection: connection,
      origin: origin
    )
    attempt.meter.start = meter.start
    do throws(CallFailure) {
      let outcome = try await attempt.outcome()
      meter = attempt.meter
      return outcome
    } catch {
      meter = attempt.meter
      switch error {
      case .refused(let problem): throw problem
      case .transport(let failure): return self.outcome(of: failure)
      }
    }
  }
}
