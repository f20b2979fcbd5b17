package import Expressions
package import OrderedJSON

/// A scope in which `item()` can be set.
package protocol MappingScope: Scope {
  func with(item: JSON) -> Self
}

extension Mapping {
  /// The value in a scope.
  ///
  /// - Throws: E0101 and later.
  package func evaluate(in scope: some MappingScope) throws(ExpressionError) -> JSON {
    switch self {
    case .value(let template): return try template.evaluate(in: scope)
    case .array(let items):
      var values: [JSON] = []
      for item in items { values.append(try item.evaluate(in: scope)) }
      return .array(values)
    case .object(let members):
      var object = JSONObject()
      for member in members { object[member.key] = try member.value.evaluate(in: scope) }
      return .object(object)
    case .each(let each): return .array(try Self.elements(each, scope))
    case .zip(let keys, let values):
      return Self.zipped(try keys.evaluate(in: scope), try values.evaluate(in: scope))
    }
  }

  /// Nothing for null, so that an absent list needs no case of its own.
  private static func elements(_ each: Each, _ scope: some MappingScope)
    throws(ExpressionError) -> [JSON]
  {
    var elements: [JSON] = []
    for item in try each.items.evaluate(in: scope).arrayValue ?? [] {
      let inner = scope.with(item: item)
      if let condition = each.condition, try condition.evaluate(in: inner).boolValue != true {
        continue
      }
      elements.append(try each.output.evaluate(in: inner))
    }
    return elements
  }

  /// Values beyond the keys are dropped, keys beyond the values get null.
  private static func zipped(_ keys: JSON, _ values: JSON) -> JSON {
    var object = JSONObject()
    for (index, key) in (keys.arrayValue ?? []).enumerated() {
      object[key.stringValue ?? key.text] = values[index] ?? .null
    }
    return .object(object)
  }
}
