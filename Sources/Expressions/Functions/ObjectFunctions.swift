import Diagnostics
import OrderedJSON

/// Objects with a property added, changed or removed.
///
/// Source: workflow language reference, section c.7.
enum ObjectFunctions {
  static let all: [FunctionDefinition] = [
    FunctionDefinition(
      .manipulation,
      "addProperty",
      [.object("object"), .text("property"), .any("value")],
      "The object with a new property, which must not exist yet.",
      "addProperty(json('{\"a\":1}'), 'b', 2)",
      gives: ["a": 1, "b": 2],
      .many(addProperty)
    ),
    FunctionDefinition(
      .manipulation,
      "setProperty",
      [.object("object"), .text("property"), .any("value")],
      "The object with a property set, which moves to the end when it exists.",
      "setProperty(json('{\"a\":1}'), 'a', 2)",
      gives: ["a": 2],
      .many(setProperty)
    ),
    FunctionDefinition(
      .manipulation,
      "removeProperty",
      [.object("object"), .text("property")],
      "The object without a property.",
      "removeProperty(json('{\"a\":1,\"b\":2}'), 'a')",
      gives: ["b": 2],
      .two(removeProperty)
    ),
    FunctionDefinition(
      .manipulation,
      "mergeObjects",
      [.object("object1"), .object("object2")],
      "Both objects in one; properties of the second win.",
      "mergeObjects(json('{\"a\":1}'), json('{\"a\":2,\"b\":3}'))",
      gives: ["a": 2, "b": 3],
      .two(mergeObjects)
    ),
  ]

  @Sendable private static func addProperty(
    _ arguments: Arguments,
    _ evaluation: inout Evaluation
  ) throws(ExpressionError) -> JSON {
    var object = arguments[0].checkedObject
    let name = arguments.text(1)
    guard object.position(ignoringCaseOf: name) == nil else {
      throw .invalid(
        "'addProperty' expects the property '\(name)' to not exist in the object",
        hint: "names ignore case; use setProperty() to change it"
      )
    }
    object.append(name, arguments[2])
    return .object(object)
  }

  /// An existing property keeps its spelling.
  @Sendable private static func setProperty(
    _ arguments: Arguments,
    _ evaluation: inout Evaluation
  ) throws(ExpressionError) -> JSON {
    var object = arguments[0].checkedObject
    let name = arguments.text(1)
    let position = object.position(ignoringCaseOf: name)
    object.append(position.map { object.members[$0].key } ?? name, arguments[2])
    return .object(object)
  }

  @Sendable private static func removeProperty(_ object: JSON, _ name: JSON) -> JSON {
    var object = object.checkedObject
    if let position = object.position(ignoringCaseOf: name.checkedText) {
      object.removeValue(forKey: object.members[position].key)
    }
    return .object(object)
  }

  /// Shallow, as inferred from the designer's listing.
  @Sendable private static func mergeObjects(_ left: JSON, _ right: JSON) -> JSON {
    var object = left.checkedObject
    for member in right.checkedObject { object[member.key] = member.value }
    return .object(object)
  }
}
