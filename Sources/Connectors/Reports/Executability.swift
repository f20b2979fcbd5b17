package import Definitions

/// Tells why an operation cannot be executed from its files.
///
/// Source: connector format reference, sections (g), (i) and (l).
package enum Executability {
  /// The obstacle in a few words; `nil` when the operation is executable.
  package static func obstacle(
    to operation: ConnectorOperation,
    of connector: Connector
  ) -> String? {
    if connector.isScripted(operation), connector.scriptReplacement(for: operation) == nil {
      return "its requests pass through a script that only the vendor's platform runs"
    }
    if !connector.parameterSets.isEmpty, connector.parameterSets.allSatisfy(needsGateway) {
      return "it reaches a private network through the vendor's gateway"
    }
    return nil
  }

  private static func needsGateway(_ set: ConnectionParameterSet) -> Bool {
    set.parameters.contains { $0.kind == .gateway && $0.isRequired }
  }
}
