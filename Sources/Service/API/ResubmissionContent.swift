import OrderedJSON
import Runtime

/// How the body of a request says what to replay.
///
/// Source: workflow language reference, sections f.10 and (g).
enum ResubmissionContent {
  static let members = [
    "actionsToResubmit", "fromFailed", "definition", "input", "connections", "bulk",
  ]

  /// The bulk that intends the replay, and then says how; `nil` when the request does.
  ///
  /// - Throws: `Problem` 400 when there is anything beside it.
  static func bulk(_ object: JSONObject) throws(Problem) -> String? {
    guard let value = object["bulk"] else { return nil }
    guard let name = value.stringValue, object.count == 1 else {
      throw .invalidContent("'bulk' must be the name of a bulk, and stands alone.")
    }
    return name
  }

  /// - Throws: `Problem` 400 for members of another kind.
  static func order(_ object: JSONObject) throws(Problem) -> ResubmissionOrder {
    var order = ResubmissionOrder()
    order.input = object["input"]
    if let text = object["definition"] {
      guard let definition = text.stringValue.flatMap(ResubmissionOrder.Definition.init) else {
        throw .invalidContent("'definition' must be 'original' or 'latest'.")
      }
      order.definition = definition
    }
    if let connections = object["connections"] {
      for member in connections.objectValue?.members ?? [] {
        order.connections[member.key] = member.value.stringValue
      }
      guard order.connections.count == connections.objectValue?.count else {
        throw .invalidContent("'connections' must be an object of names by names.")
      }
    }
    if let flag = object["fromFailed"] {
      guard let fromFailed = flag.boolValue else {
        throw .invalidContent("'fromFailed' must be true or false.")
      }
      if fromFailed { order.mode = .fromFailed }
    }
    guard let actions = object["actionsToResubmit"] else { return order }
    let names = (actions.arrayValue ?? []).compactMap { $0["name"]?.stringValue }
    guard let count = actions.arrayValue?.count, names.count == count, count > 0 else {
      throw .invalidContent("'actionsToResubmit' must be a list of objects with a 'name'.")
    }
    guard order.mode == .whole else {
      throw .invalidContent("'fromFailed' and 'actionsToResubmit' exclude each other.")
    }
    order.mode = .fromActions(names)
    return order
  }
}
