package import Definitions
package import Diagnostics
package import OrderedJSON

/// What validating one connector folder found.
package struct ConnectorReport: Sendable {
  package struct Obstacle: Hashable, Sendable {
    package var operationID: String
    package var reason: String
  }

  package var connector: String
  /// The folder, as given.
  package var path: String
  /// Whether the definition can be used at all.
  package var isLoaded: Bool
  package var operations: Int
  package var notExecutable: [Obstacle]
  package var diagnostics: [Diagnostic]

  package var executable: Int { operations - notExecutable.count }

  /// Decodes the files and applies every rule.
  package init(files: ConnectorFiles, path: String) {
    let (connector, diagnostics) = ConnectorDecoder.validate(files)
    self.connector = files.name
    self.path = path
    isLoaded = connector?.runtime.defects.isEmpty ?? false
    operations = connector?.operations.count ?? 0
    notExecutable = connector.map(Self.obstacles) ?? []
    let advice = (connector.map(CredentialAdvice.diagnostics) ?? []).map { advice in
      var placed = advice
      placed.location = SourceLocation(file: files.definition.path)
      return placed
    }
    self.diagnostics = diagnostics + advice
  }

  private static func obstacles(in connector: Connector) -> [Obstacle] {
    connector.operations.compactMap { operation in
      Executability.obstacle(to: operation, of: connector).map {
        Obstacle(operationID: operation.id, reason: $0)
      }
    }
  }

  /// The document that `weir connector validate` prints for it.
  package var json: JSON {
    [
      "connector": .string(connector), "path": .string(path), "loaded": .bool(isLoaded),
      "operations": .integer(Int64(operations)), "executable": .integer(Int64(executable)),
      "notExecutable": .array(
        notExecutable.map { obstacle in
          ["operationId": .string(obstacle.operationID), "reason": .string(obstacle.reason)]
        }
      ),
      "diagnostics": .array(diagnostics.map(Self.json)),
    ]
  }

  private static func json(_ diagnostic: Diagnostic) -> JSON {
    func text(_ value: String?) -> JSON { value.map(JSON.string) ?? .null }
    func number(_ value: Int?) -> JSON { value.map { .integer(Int64($0)) } ?? .null }
    return [
      "file": text(diagnostic.location?.file), "line": number(diagnostic.location?.line),
      "column": number(diagnostic.location?.column), "pointer": text(diagnostic.pointer),
      "severity": .string(diagnostic.severity.rawValue), "code": .string(diagnostic.code.id),
      "message": .string(diagnostic.message), "hint": text(diagnostic.hint),
    ]
  }
}
