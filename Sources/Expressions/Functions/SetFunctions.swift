import Diagnostics
import OrderedJSON

/// Arrays and objects combined as sets.
///
/// Source: workflow language reference, section c.2.
enum SetFunctions {
  static let all: [FunctionDefinition] = [
    FunctionDefinition(
      .collection,
      "union",
      [.either("collection1", kinds), .either("collection2", kinds).repeated],
      "Everything that any of the arrays or objects holds, each once.",
      "union(createArray(1, 2), createArray(2, 3))",
      gives: [1, 2, 3],
      .many(union)
    ),
    FunctionDefinition(
      .collection,
      "intersection",
      [.either("collection", kinds).repeated],
      "What all of the arrays or objects hold.",
      "intersection(createArray(1, 2, 3), createArray(2, 3, 4))",
      gives: [2, 3],
      .many(intersection)
    ),
  ]

  private static let kinds: KindSet = [.array, .object]

  @Sendable private static func union(
    _ arguments: Arguments,
    _ evaluation: inout Evaluation
  ) throws(ExpressionError) -> JSON {
    switch try operands(arguments, "union") {
    case .arrays(let arrays):
      var seen: Set<JSON> = []
      try evaluation.spend(arrays.reduce(0) { $0 + $1.count })
      return .array(arrays.flatMap { $0.filter { seen.insert($0).inserted } })
    case .objects(let objects):
      var result = objects[0]
      for object in objects.dropFirst() {
        try evaluation.spend(object.count)
        for member in object { result[member.key] = member.value }
      }
      return .object(result)
    }
  }

  @Sendable private static func intersection(
    _ arguments: Arguments,
    _ evaluation: inout Evaluation
  ) throws(ExpressionError) -> JSON {
    switch try operands(arguments, "intersection") {
    case .arrays(let arrays):
      try evaluation.spend(arrays.reduce(0) { $0 + $1.count })
      let others = arrays.dropFirst().map { Set($0) }
      var seen: Set<JSON> = []
      return .array(
        arrays[0].filter { element in
          seen.insert(element).inserted && others.allSatisfy { $0.contains(element) }
        }
      )
    case .objects(let objects):
      let shared = objects[0].filter { member in
        objects.dropFirst().allSatisfy { $0[member.key] == member.value }
      }
      return .object(JSONObject(shared.map { ($0.key, $0.value) }))
    }
  }

  private enum Operands {
    case arrays([[JSON]])
    case objects([JSONObject])
  }

  private static func operands(
    _ arguments: Arguments,
    _ function: String
  ) throws(ExpressionError) -> Operands {
    let arrays = arguments.values.compactMap(\.arrayValue)
    if arrays.count == arguments.count { return .arrays(arrays) }
    let objects = arguments.values.compactMap(\.objectValue)
    if objects.count == arguments.count { return .objects(objects) }
    throw ExpressionError(
      .argumentKind,
      "'\(function)' expects parameters of same type: all arrays or all objects",
      hint: "put what is no array into one with createArray()"
    )
  }
}
