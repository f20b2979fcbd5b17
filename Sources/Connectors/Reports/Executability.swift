package import Definitions
internal import Diagnostics

/// Tells why an operation cannot be executed from its files.
///
/// Source: connector format reference, sections (g), (i) and (l).
package enum Executability {
  /// The obstacle in a few words; `nil` when the operation is executable.
  package static func obstacle(
    to operation: ConnectorOperation,
    of connector: Connector
  ) -> String? {
    if let defect = connector.runtime.defects.first {
      return "runtime.json has an error: \(defect.message)"
    }
    if connector.isScripted(operation), connector.scriptReplacement(for: operation) == nil {
      return "its requests pass through a script that only the vendor's platform runs"
    }
    if !connector.parameterSets.isEmpty, connector.parameterSets.allSatisfy(needsGateway) {
      return "it reaches a private network through the vendor's gateway"
    }
    return nil
  }

  /// The complaint of somebody who wants to execute it; `nil` when it is executable.
  static func refusal(of operation: ConnectorOperation, of connector: Connector) -> Diagnostic? {
    // Half of the settings could leave a request unsigned or a secret unmasked.
    if var defect = connector.runtime.defects.first {
      defect.message = "runtime.json of '\(connector.name)' has an error: \(defect.message)"
      return defect
    }
    guard let obstacle = obstacle(to: operation, of: connector) else { return nil }
    return Diagnostic(
      .notExecutable,
      "'\(operation.id)' of '\(connector.name)' cannot be executed: \(obstacle)",
      hint: "see 'weir connector validate' for what is executable"
    )
  }

  private static func needsGateway(_ set: ConnectionParameterSet) -> Bool {
    set.parameters.contains { $0.kind == .gateway && $0.isRequired }
  }
}
