package import Definitions
internal import OrderedJSON

/// The rows of an operation's parameter table.
///
/// Source: connector format reference, section (j), parameters.
package struct ParameterRows {
  package struct Row: Sendable {
    package var name: String
    /// The name of a parameter, or of a member of the body.
    package var key: String
    /// How flows spell it: `identityId`, `body/scopes`.
    package var flowKey: String
    package var isRequired: Bool
    package var type: String
    package var description: String
    var rank: Int

    var cells: [String] { [name, key, isRequired ? "True" : "", type, description] }
  }

  private let types: SchemaTypeName
  private var rows: [Row] = []

  init(resolver: SchemaResolver) { types = SchemaTypeName(resolver: resolver) }

  static let columns = ["Name", "Key", "Required", "Type", "Description"]

  static func cells(of operation: ConnectorOperation, resolver: SchemaResolver) -> [[String]] {
    rows(of: operation, resolver: resolver).map(\.cells)
  }

  /// Required ones first, then by importance; internal ones are left out.
  package static func rows(of operation: ConnectorOperation, resolver: SchemaResolver) -> [Row] {
    var table = ParameterRows(resolver: resolver)
    for parameter in operation.parameters where !parameter.isInternal { table.add(parameter) }
    if let body = operation.body, body.visibility != .internal { table.add(body) }
    let ordered = table.rows.enumerated().sorted {
      ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset)
    }
    return ordered.map(\.element)
  }

  private mutating func add(_ parameter: OperationParameter) {
    add(
      name: parameter.title ?? parameter.definition["title"]?.stringValue ?? parameter.name,
      key: parameter.name,
      flowKey: parameter.name,
      isRequired: parameter.isRequired,
      type: types.name(of: .object(parameter.definition)),
      description: parameter.description,
      visibility: parameter.visibility
    )
  }

  private mutating func add(_ body: BodyParameter) {
    let graph = types.resolver.graph(of: body.schema)
    let before = rows.count
    addProperties(
      of: graph.root,
      in: graph,
      isRequired: body.isRequired,
      prefix: body.name,
      path: []
    )
    guard rows.count == before, graph[graph.root].properties.isEmpty else { return }
    add(
      name: body.title ?? body.name,
      key: body.name,
      flowKey: body.name,
      isRequired: body.isRequired,
      type: types.name(of: body.schema),
      description: body.description,
      visibility: body.visibility
    )
  }

  private mutating func addProperties(
    of node: Int,
    in graph: SchemaGraph,
    isRequired: Bool,
    prefix: String,
    path: [Int]
  ) {
    guard path.count < 12, !path.contains(node) else { return }
    for property in graph[node].properties where !property.isReadOnly {
      guard property.visibility != .internal else { continue }
      let needed = isRequired && property.isRequired
      if !graph[property.node].properties.isEmpty {
        addProperties(
          of: property.node,
          in: graph,
          isRequired: needed,
          prefix: "\(prefix)/\(property.name)",
          path: path + [node]
        )
      } else {
        add(
          name: title(property),
          key: property.name,
          flowKey: "\(prefix)/\(property.name)",
          isRequired: needed,
          type: types.name(of: property.schema),
          description: types.resolver.keyword("description", of: property.schema)?.stringValue,
          visibility: property.visibility
        )
      }
    }
  }

  private func title(_ property: SchemaGraph.Property) -> String {
    types.resolver.keyword("x-ms-summary", of: property.schema)?.stringValue
      ?? types.resolver.keyword("title", of: property.schema)?.stringValue ?? property.name
  }

  private mutating func add(
    name: String,
    key: String,
    flowKey: String,
    isRequired: Bool,
    type: String,
    description: String?,
    visibility: Visibility
  ) {
    let rank: Int
    switch visibility {
    case _ where isRequired: rank = 0
    case .important: rank = 1
    case .normal, .internal: rank = 2
    case .advanced: rank = 3
    }
    rows.append(
      Row(
        name: name,
        key: key,
        flowKey: flowKey,
        isRequired: isRequired,
        type: type,
        description: description ?? "",
        rank: rank
      )
    )
  }
}
