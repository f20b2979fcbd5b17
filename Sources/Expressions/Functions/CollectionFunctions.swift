import Diagnostics
import OrderedJSON

/// Elements taken from texts, arrays and objects.
///
/// Source: workflow language reference, section c.2.
enum CollectionFunctions {
  static let all: [FunctionDefinition] = [
    FunctionDefinition(
      .collection,
      "contains",
      [.either("collection", [.string, .array, .object]), .any("value")],
      "Whether a text holds a text, an array an element, or an object a key.",
      "contains('hello world', 'world')",
      gives: true,
      .two(contains)
    ),
    FunctionDefinition(
      .collection,
      "empty",
      [.either("collection", [.null, .string, .array, .object])],
      "Whether a text, array or object is empty; null is.",
      "empty('')",
      gives: true,
      .one(empty)
    ),
    FunctionDefinition(
      .collection,
      "first",
      [.either("collection", [.string, .array])],
      "The first character or element; of an empty array null.",
      "first(createArray(3, 4))",
      gives: 3,
      .one { end(of: $0, \.first) { UTF16Text.slice($0, 0..<1) } }
    ),
    FunctionDefinition(
      .collection,
      "last",
      [.either("collection", [.string, .array])],
      "The last character or element; of an empty array null.",
      "last('abcd')",
      gives: "d",
      .one { value in
        end(of: value, \.last) { text in
          let count = UTF16Text.length(text)
          return UTF16Text.slice(text, count - 1..<count)
        }
      }
    ),
    FunctionDefinition(
      .collection,
      "join",
      [.array("collection"), .text("delimiter")],
      "The elements of an array as one text, with a delimiter between them.",
      "join(createArray('a', 'b'), '.')",
      gives: "a.b",
      .many(join)
    ),
    FunctionDefinition(
      .collection,
      "take",
      [.either("collection", [.string, .array]), .integer("count")],
      "Some characters or elements from the start.",
      "take(createArray(0, 1, 2, 3), 2)",
      gives: [0, 1],
      .two(take)
    ),
    FunctionDefinition(
      .collection,
      "skip",
      [.array("collection"), .integer("count")],
      "The elements of an array without some at its start.",
      "skip(createArray(0, 1, 2, 3), 2)",
      gives: [2, 3],
      .two(skip)
    ),
    FunctionDefinition(
      .collection,
      "reverse",
      [.array("collection")],
      "The elements of an array in reverse order.",
      "reverse(createArray(1, 2, 3))",
      gives: [3, 2, 1],
      .one { .array($0.checkedArray.reversed()) }
    ),
    FunctionDefinition(
      .collection,
      "sort",
      [.array("collection"), .text("sortBy").optional],
      "The elements of an array in ascending order, by themselves or by a property.",
      "sort(createArray(3, 1, 2))",
      gives: [1, 2, 3],
      .many(sort)
    ),
    FunctionDefinition(
      .collection,
      "createArray",
      [.any("value").repeated.optional],
      "An array of the arguments.",
      "createArray('a', 1)",
      gives: ["a", 1],
      .many { arguments, _ in .array(arguments.values) }
    ),
    FunctionDefinition(
      .collection,
      "range",
      [.integer("startIndex"), .integer("count")],
      "Consecutive integers, at most 100,000.",
      "range(1, 4)",
      gives: [1, 2, 3, 4],
      .many(range)
    ),
  ]

  @Sendable private static func contains(_ collection: JSON, _ value: JSON)
    throws(ExpressionError) -> JSON
  {
    switch (collection, value) {
    case (.string(let text), .string(let search)):
      return .bool(OrdinalText.contains(text, search))
    case (.array(let elements), _): return .bool(elements.contains(value))
    case (.object(let object), .string(let key)):
      return .bool(object.position(ignoringCaseOf: key) != nil)
    default:
      throw ExpressionError(
        .argumentKind,
        "'contains' expects 'value' to be a text when the collection is "
          + "\(KindSet(of: collection).text), but it is \(KindSet(of: value).text)",
        hint: "convert with string() first"
      )
    }
  }

  @Sendable private static func empty(_ value: JSON) -> JSON {
    switch value {
    case .string(let text): .bool(text.isEmpty)
    case .array(let elements): .bool(elements.isEmpty)
    case .object(let object): .bool(object.isEmpty)
    default: true
    }
  }

  private static func end(
    of value: JSON,
    _ element: KeyPath<[JSON], JSON?>,
    _ character: (String) -> String
  ) -> JSON {
    if case .array(let elements) = value { return elements[keyPath: element] ?? .null }
    return value.checkedText.isEmpty ? value : .string(character(value.checkedText))
  }

  @Sendable private static func join(
    _ arguments: Arguments,
    _ evaluation: inout Evaluation
  ) throws(ExpressionError) -> JSON {
    var text = ""
    let delimiter = arguments.text(1)
    for (index, element) in arguments[0].checkedArray.enumerated() {
      if index > 0 { text += delimiter }
      try StringConversion.append(element, to: &text)
      try evaluation.require(textLength: text.utf8.count)
    }
    return .string(text)
  }

  @Sendable private static func take(_ collection: JSON, _ count: JSON)
    throws(ExpressionError) -> JSON
  {
    let count = try natural(count, "take")
    if case .array(let elements) = collection { return .array(Array(elements.prefix(count))) }
    let text = collection.checkedText
    return .string(UTF16Text.slice(text, 0..<min(count, UTF16Text.length(text))))
  }

  @Sendable private static func skip(_ collection: JSON, _ count: JSON)
    throws(ExpressionError) -> JSON
  {
    .array(Array(collection.checkedArray.dropFirst(try natural(count, "skip"))))
  }

  private static func natural(_ count: JSON, _ function: String) throws(ExpressionError) -> Int {
    guard count.checkedInteger >= 0 else {
      throw .invalid(
        "'\(function)' expects 'count' to be a positive integer, but it is \(count.checkedInteger)"
      )
    }
    return Int(count.checkedInteger)
  }

  @Sendable private static func range(
    _ arguments: Arguments,
    _ evaluation: inout Evaluation
  ) throws(ExpressionError) -> JSON {
    let (start, count) = (arguments.integer(0), arguments.integer(1))
    let limit = Int64(evaluation.budget.rangeCount)
    guard (1...limit).contains(count) else {
      throw .invalid("'range' expects 'count' to lie between 1 and \(limit), but it is \(count)")
    }
    let (end, overflow) = start.addingReportingOverflow(count)
    guard !overflow, end <= Int64(Int32.max), start >= Int64(Int32.min) else {
      throw .invalid("'range' expects 'startIndex' plus 'count' to be at most \(Int32.max)")
    }
    try evaluation.spend(Int(count))
    return .array((start..<end).map { .integer($0) })
  }

  @Sendable private static func sort(
    _ arguments: Arguments,
    _ evaluation: inout Evaluation
  ) throws(ExpressionError) -> JSON {
    let elements = arguments[0].checkedArray
    var keys = elements
    if let property = arguments.optionalText(1) {
      keys = try elements.map { (element) throws(ExpressionError) -> JSON in
        guard let object = element.objectValue else {
          throw .invalid("'sort' by '\(property)' expects every element to be an object")
        }
        return object.value(ignoringCaseOf: property) ?? .null
      }
    }
    try requireComparable(keys)
    try evaluation.spend(keys.count)
    let order = keys.indices.sorted { left, right in
      if keys[left].isNull || keys[right].isNull {
        return keys[left].isNull && (!keys[right].isNull || left < right)
      }
      let order = Comparison.order(keys[left], keys[right]) ?? 0
      return order == 0 ? left < right : order < 0
    }
    return .array(order.map { elements[$0] })
  }

  /// Nulls may stand among the keys and come first.
  private static func requireComparable(_ keys: [JSON]) throws(ExpressionError) {
    let kinds = keys.reduce(into: KindSet()) { $0.formUnion(KindSet(of: $1)) }
    let present = kinds.subtracting(.null)
    guard
      present.isSubset(of: .number) || present.isSubset(of: .string)
        || present.isSubset(of: .boolean)
    else {
      throw .invalid(
        "'sort' cannot order \(kinds.text)",
        hint: "sort texts, numbers or booleans, or name the property to sort by"
      )
    }
  }
}
