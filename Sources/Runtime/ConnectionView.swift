import Connectors
package import Definitions
package import OrderedJSON
import Seams
import Timekeeping

/// One connection as people and programs see it, without its secrets.
package struct ConnectionView: Sendable {
  private let connector: @Sendable (String) -> Connector?

  package init(connector: @escaping @Sendable (String) -> Connector?) {
    self.connector = connector
  }

  /// A connection of the store.
  package func json(_ entry: ConnectionBook.Entry) -> JSON {
    guard let record = entry.record else { return unreadable(entry) }
    let connector = connector(record.connector)
    let parameters = record.parameters.sorted { $0.key < $1.key }
      .map { ($0.key, JSON.string($0.value)) }
    return document(
      name: record.name,
      connector: record.connector,
      set: record.parameterSet,
      status: record.status.rawValue,
      owner: record.owner,
      isShared: record.isShared,
      times: (record.created, record.lastTested),
      parameters: masked(JSONObject(parameters), record.parameterSet, connector),
      limits: limits(record.limit, connector),
      source: "store"
    )
  }

  /// A connection of `connections.json`.
  package func json(_ declaration: ConnectionDeclaration) -> JSON {
    let connector = connector(declaration.connector)
    return document(
      name: declaration.name,
      connector: declaration.connector,
      set: declaration.parameterSet,
      status: "declared",
      owner: nil,
      isShared: true,
      times: (nil, nil),
      parameters: masked(declaration.parameters, declaration.parameterSet, connector),
      limits: limits(declaration.limit, connector),
      source: "file"
    )
  }

  /// The limits that count, and where they come from.
  package func limits(_ limit: ConnectionDeclaration.Limit, _ connector: Connector?) -> JSON {
    guard limit == .ofConnector, let connector else { return limit.json }
    return ConnectionDeclaration.Limit.calls(Connections.limit(of: connector)).json
  }

  // MARK: Parts

  private func document(
    name: String,
    connector: String,
    set: String?,
    status: String,
    owner: String?,
    isShared: Bool,
    times: (created: Timestamp?, tested: Timestamp?),
    parameters: JSON,
    limits: JSON,
    source: String
  ) -> JSON {
    let loaded = self.connector(connector)
    let set = set ?? loaded?.parameterSets.first?.name
    return [
      "name": .string(name), "connector": .string(connector),
      "parameterSet": set.map { .string($0) } ?? .null, "status": .string(status),
      "shared": .bool(isShared), "owner": owner.map { .string($0) } ?? .null,
      "created": times.created.map { .string($0.description) } ?? .null,
      "lastTested": times.tested.map { .string($0.description) } ?? .null,
      "source": .string(source), "parameters": parameters, "limits": limits,
    ]
  }

  private func unreadable(_ entry: ConnectionBook.Entry) -> JSON {
    document(
      name: entry.key,
      connector: entry.connector,
      set: nil,
      status: "unreadable",
      owner: nil,
      isShared: false,
      times: (nil, nil),
      parameters: [:],
      limits: .null,
      source: "store"
    )
  }

  /// A value that the connector does not ask for may be anything, so it is treated as a secret.
  private func masked(_ parameters: JSONObject, _ set: String?, _ connector: Connector?) -> JSON {
    let set = connector?.parameterSet(set)
    return .object(
      JSONObject(
        parameters.members.map { member in
          let isShown = set?.parameter(member.key).map { !$0.isSecret } ?? false
          return (member.key, isShown ? member.value : .string(SecretMask.mask))
        }
      )
    )
  }
}
