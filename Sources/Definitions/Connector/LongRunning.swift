internal import OrderedJSON

/// How an operation whose work goes on after its first answer tells of its end.
///
/// Source: AutoRest extensions, `x-ms-long-running-operation`.
package struct LongRunning: Hashable, Sendable {
  /// Where the result is, once the service says that the work is done.
  package enum FinalState: String, Sendable {
    /// The answer about the status is the result.
    case statusMonitor = "operation-location"
    /// At the address that the answers name.
    case location
    /// What the first request addressed is read.
    case originalURI = "original-uri"
  }

  package var finalState: FinalState

  package init(finalState: FinalState) { self.finalState = finalState }

  /// Reads the extensions of an operation; `nil` when it is none that goes on.
  init?(_ definition: JSONObject, method: String) {
    guard definition["x-ms-long-running-operation"]?.boolValue == true else { return nil }
    let options = definition["x-ms-long-running-operation-options"]
    switch options?["final-state-via"]?.stringValue?.lowercased() {
    case "azure-async-operation", "operation-location": finalState = .statusMonitor
    case "original-uri": finalState = .originalURI
    case "location": finalState = .location
    default: finalState = ["PUT", "PATCH"].contains(method) ? .originalURI : .location
    }
  }
}
