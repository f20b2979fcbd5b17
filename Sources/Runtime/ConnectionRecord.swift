package import Connectors
import OrderedJSON
import Seams
package import Timekeeping

/// A connection that somebody made, with its values in clear.
package struct ConnectionRecord: Sendable {
  package enum Status: String, Hashable, Sendable {
    case connected
    /// The service refuses the credentials: somebody must give new ones or sign in again.
    case unauthenticated
    /// The last test failed for another reason.
    case error
  }

  package var name: String
  package var connector: String
  package var parameterSet: String?
  package var parameters: [String: String]
  /// Who made it.
  package var owner: String
  /// Whether its owner lets others use it.
  package var isShared: Bool
  package var status: Status
  package var created: Timestamp
  package var lastTested: Timestamp?
  /// When a person last signed in for it.
  package var signedIn: Timestamp?
  package var limit: ConnectionDeclaration.Limit

  package init(
    name: String,
    connector: String,
    parameterSet: String? = nil,
    parameters: [String: String],
    owner: String,
    isShared: Bool = false,
    created: Timestamp
  ) {
    self.name = name
    self.connector = connector
    self.parameterSet = parameterSet
    self.parameters = parameters
    self.owner = owner
    self.isShared = isShared
    self.created = created
    status = .connected
    limit = .ofConnector
  }

  package var values: ConnectionValues {
    ConnectionValues(parameterSet: parameterSet, values: parameters)
  }
}

extension ConnectionRecord {
  var json: JSON {
    var object: JSONObject = [
      "name": .string(name), "owner": .string(owner), "shared": .bool(isShared),
      "status": .string(status.rawValue), "created": .integer(created.ticks),
    ]
    object["parameterSet"] = parameterSet.map { .string($0) }
    object["parameters"] = .object(
      JSONObject(parameters.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })
    )
    object["lastTested"] = lastTested.map { .integer($0.ticks) }
    object["signedIn"] = signedIn.map { .integer($0.ticks) }
    object["limits"] = limit.json
    return .object(object)
  }

  init?(_ value: JSON, of row: StoredConnection) {
    guard let parameters = value["parameters"]?.objectValue else { return nil }
    func time(_ name: String) -> Timestamp? {
      value[name]?.integerValue.map { Timestamp(ticks: $0) }
    }
    self.init(
      name: value["name"]?.stringValue ?? row.name,
      connector: row.connector,
      parameterSet: value["parameterSet"]?.stringValue,
      parameters: Dictionary(
        parameters.members.map { ($0.key, $0.value.stringValue ?? $0.value.text) },
        uniquingKeysWith: { $1 }
      ),
      owner: value["owner"]?.stringValue ?? "",
      isShared: value["shared"]?.boolValue ?? false,
      created: time("created") ?? row.updated
    )
    status = value["status"]?.stringValue.flatMap(Status.init) ?? .connected
    lastTested = time("lastTested")
    signedIn = time("signedIn")
    limit = value["limits"].flatMap(ConnectionDeclaration.Limit.init) ?? .ofConnector
  }
}
