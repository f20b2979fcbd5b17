package import OrderedJSON

/// One connector: what its operations are, how they are authenticated and what is done around them.
///
/// Schemas stay JSON; `SchemaResolver` and `SchemaGraph` read them when somebody needs them.
///
/// Source: connector format reference, sections (a) to (g).
package struct Connector: Sendable {
  /// The name of its folder.
  package var name: String
  package var summary: ConnectorSummary
  package var address: ServiceAddress
  /// Media types that operations accept and answer with unless they say otherwise.
  package var consumes: [String]
  package var produces: [String]
  /// In the order of the definition.
  package private(set) var operations: [ConnectorOperation]
  package var securitySchemes: [SecurityScheme]
  /// The sets of values from which a connection is made; one named `Default` when the files have
  /// plain connection parameters, empty when nothing is needed.
  package var parameterSets: [ConnectionParameterSet]
  package var policies: [PolicyInstance]
  package var script: ScriptScope?
  package var connectionTest: ConnectionTest?
  package var runtime: RuntimeSettings
  /// The whole definition, the root of every `$ref`.
  package var document: JSON

  private let positions: [String: Int]

  package init(
    name: String,
    summary: ConnectorSummary,
    address: ServiceAddress,
    consumes: [String] = [],
    produces: [String] = [],
    operations: [ConnectorOperation],
    document: JSON
  ) {
    self.name = name
    self.summary = summary
    self.address = address
    self.consumes = consumes
    self.produces = produces
    self.operations = operations
    self.document = document
    securitySchemes = []
    parameterSets = []
    policies = []
    runtime = RuntimeSettings()
    positions = Dictionary(
      zip(operations.map(\.id), operations.indices),
      uniquingKeysWith: { first, _ in first }
    )
  }

  /// The operation with exactly this operationId, else the only one that differs in case.
  package func operation(_ id: String) -> ConnectorOperation? {
    if let position = positions[id] { return operations[position] }
    let lowered = id.lowercased()
    let similar = operations.filter { $0.id.lowercased() == lowered }
    return similar.count == 1 ? similar.first : nil
  }

  /// Whether the operation is replaced by code that only the vendor's platform runs.
  package func isScripted(_ operation: ConnectorOperation) -> Bool {
    script?.covers(operation.id) ?? false
  }

  /// What `runtime.json` does in place of the script of an operation.
  package func scriptReplacement(for operation: ConnectorOperation) -> ScriptReplacement? {
    guard !runtime.scripts.isEmpty else { return nil }
    return runtime.scripts[operation.id.lowercased()] ?? runtime.scripts["*"]
  }

  /// The set with this name; the first one when no name is given.
  package func parameterSet(_ name: String?) -> ConnectionParameterSet? {
    guard let name else { return parameterSets.first }
    return parameterSets.first { $0.name.lowercased() == name.lowercased() }
  }

  /// Resolves `$ref` inside this definition.
  package var schemas: SchemaResolver { SchemaResolver(root: document) }
}
