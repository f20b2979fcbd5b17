package import Expressions
package import OrderedJSON

/// A JSON value with expressions that may also repeat a part for each element of an array.
///
/// `{"$each": items, "$where": condition, "$do": value}` gives an array, in which `item()` is the
/// element; `{"$zip": [keys, values]}` makes an object of two arrays. Anything else is a template.
///
/// Source: definitions/README.md.
package indirect enum Mapping: Sendable {
  case value(Template)
  case object([Member])
  case array([Mapping])
  case each(Each)
  case zip(keys: Mapping, values: Mapping)

  package struct Member: Sendable {
    var key: String
    var value: Mapping
  }

  package struct Each: Sendable {
    var items: Mapping
    var condition: Template?
    var output: Mapping
  }

  /// Compiles every expression of a value.
  ///
  /// - Throws: E0001 to E0003 for the first problem.
  package init(compiling value: JSON) throws(ExpressionError) {
    guard Self.isStructured(value) else {
      self = .value(try Template(compiling: value))
      return
    }
    switch value {
    case .array(let items):
      var mappings: [Mapping] = []
      for item in items { mappings.append(try Mapping(compiling: item)) }
      self = .array(mappings)
    case .object(let object): self = try Self.compiled(object)
    default: self = .value(try Template(compiling: value))
    }
  }

  private static func compiled(_ object: JSONObject) throws(ExpressionError) -> Mapping {
    if let items = object["$each"] {
      return .each(
        Each(
          items: try Mapping(compiling: items),
          condition: try object["$where"].map { value throws(ExpressionError) in
            try Template(compiling: value)
          },
          output: try Mapping(compiling: object["$do"] ?? "@item()")
        )
      )
    }
    if let pair = object["$zip"]?.arrayValue, pair.count == 2 {
      return .zip(keys: try Mapping(compiling: pair[0]), values: try Mapping(compiling: pair[1]))
    }
    var members: [Member] = []
    for member in object {
      members.append(Member(key: member.key, value: try Mapping(compiling: member.value)))
    }
    return .object(members)
  }

  /// Whether `$each` or `$zip` occurs anywhere inside.
  private static func isStructured(_ value: JSON) -> Bool {
    switch value {
    case .array(let items): items.contains(where: isStructured)
    case .object(let object):
      object.contains { ["$each", "$zip"].contains($0.key) || isStructured($0.value) }
    default: false
    }
  }

  /// What the expressions refer to by name.
  package var references: [Reference] {
    switch self {
    case .value(let template): template.references
    case .object(let members): members.flatMap(\.value.references)
    case .array(let items): items.flatMap(\.references)
    case .each(let each):
      each.items.references + (each.condition?.references ?? []) + each.output.references
    case .zip(let keys, let values): keys.references + values.references
    }
  }
}
