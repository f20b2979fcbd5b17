internal import Foundation
internal import OrderedJSON

/// That a user or a resource account of Teams may act for a resource.
struct TeamsAssignment: Codable, Hashable, Sendable {
  enum Principal: String, CaseIterable, Codable, Sendable {
    case user
    case resourceAccount
  }

  let tenant: String
  let object: String
  let principal: Principal
  /// Applications that may be used; all when there is none.
  let clientIDs: [String]

  /// - Throws: 400 `ValidationError` for ids that are no GUIDs, and for an unknown kind.
  init(tenant: String, object: String, _ body: JSONObject) throws(Problem) {
    for (name, id) in [("tenantId", tenant), ("objectId", object)] {
      guard UUID(uuidString: id) != nil else { throw .validation("\(name): must be a GUID.") }
    }
    let names = Principal.allCases.map(\.rawValue).joined(separator: ", ")
    guard let principal = body["principalType"]?.stringValue.flatMap(Principal.init) else {
      throw .validation("PrincipalType: is required. Known: \(names).")
    }
    self.tenant = tenant
    self.object = object
    self.principal = principal
    clientIDs = try Self.clientIDs(body["clientIds"])
  }

  private static func clientIDs(_ value: JSON?) throws(Problem) -> [String] {
    guard let value, !value.isNull else { return [] }
    let ids = value.arrayValue?.compactMap(\.stringValue) ?? []
    guard let count = value.arrayValue?.count, count == ids.count else {
      throw .validation("ClientIds: must be an array of strings.")
    }
    return ids
  }

  /// Letter case does not count in ids.
  static func key(tenant: String, object: String) -> String {
    "\(tenant)/\(object)".lowercased()
  }

  var json: JSON {
    var object: JSONObject = [
      "objectId": .string(self.object), "tenantId": .string(tenant),
      "principalType": .string(principal.rawValue),
    ]
    if !clientIDs.isEmpty { object["clientIds"] = .array(clientIDs.map(JSON.string)) }
    return .object(object)
  }
}
