import OrderedJSON
import Runtime

/// How a server is asked for a replay.
enum ReplayRequest {
  static func body(_ order: ResubmissionOrder) -> JSON {
    var object: JSONObject = ["definition": .string(order.definition.rawValue)]
    switch order.mode {
    case .whole: break
    case .fromFailed: object["fromFailed"] = true
    case .fromActions(let names):
      object["actionsToResubmit"] = .array(names.map { ["name": .string($0)] })
    }
    object["input"] = order.input
    if !order.connections.isEmpty {
      let members = order.connections.sorted { $0.key < $1.key }
      object["connections"] = .object(JSONObject(members.map { ($0, .string($1)) }))
    }
    return .object(object)
  }
}
