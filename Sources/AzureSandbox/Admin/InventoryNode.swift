internal import OrderedJSON

/// A resource in the tree that `/_sandbox` shows.
struct InventoryNode: Sendable {
  /// Such as `Communication Service`.
  let kind: String
  let name: String
  /// Such as `Succeeded`; `nil` for what has no state.
  var state: String?
  /// What else there is to know, none of it secret.
  var details: [(name: String, value: String)] = []
  var children: [InventoryNode] = []

  var json: JSON {
    var object: JSONObject = ["kind": .string(kind), "name": .string(name)]
    object["state"] = state.map(JSON.string)
    if !details.isEmpty {
      object["details"] = .object(JSONObject(details.map { ($0.name, .string($0.value)) }))
    }
    if !children.isEmpty { object["children"] = .array(children.map(\.json)) }
    return .object(object)
  }
}
