package import OrderedJSON

/// Writes and reads how a run is to be replayed.
package enum ReplayOrderCoding {
  package static func json(of order: ResubmissionOrder) -> JSON {
    var object: JSONObject = [
      "mode": .string(order.mode.name), "definition": .string(order.definition.rawValue),
    ]
    if case .fromActions(let names) = order.mode {
      object["actions"] = .array(names.map { .string($0) })
    }
    object["input"] = order.input
    if !order.connections.isEmpty {
      let members = order.connections.sorted { $0.key < $1.key }
      object["connections"] = .object(JSONObject(members.map { ($0, .string($1)) }))
    }
    return .object(object)
  }

  /// `nil` when the text says something unknown.
  package static func order(_ json: JSON) -> ResubmissionOrder? {
    let definition = json["definition"]?.stringValue ?? "original"
    guard let mode = mode(json),
      let definition = ResubmissionOrder.Definition(rawValue: definition)
    else { return nil }
    var order = ResubmissionOrder(mode: mode, definition: definition, input: json["input"])
    for member in json["connections"]?.objectValue?.members ?? [] {
      order.connections[member.key] = member.value.stringValue
    }
    return order
  }

  private static func mode(_ json: JSON) -> ResubmissionOrder.Mode? {
    switch json["mode"]?.stringValue {
    case "resubmit": .whole
    case "from-failed": .fromFailed
    case "from-action":
      .fromActions((json["actions"]?.arrayValue ?? []).compactMap(\.stringValue))
    default: nil
    }
  }
}
