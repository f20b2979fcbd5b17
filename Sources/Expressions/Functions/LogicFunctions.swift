import Diagnostics
import OrderedJSON

/// Conditions and comparisons.
///
/// Source: workflow language reference, sections b.6, b.7 and c.3.
enum LogicFunctions {
  static let all: [FunctionDefinition] = [
    FunctionDefinition(
      .logic,
      "and",
      [.boolean("expression").repeated],
      "Whether all conditions are true; stops at the first that is false.",
      "and(greater(2, 1), equals(1, 1))",
      gives: true,
      .lazy(and)
    ),
    FunctionDefinition(
      .logic,
      "or",
      [.boolean("expression").repeated],
      "Whether any condition is true; stops at the first that is.",
      "or(equals(1, 2), equals(1, 1))",
      gives: true,
      .lazy(or)
    ),
    FunctionDefinition(
      .logic,
      "if",
      [.boolean("condition"), .any("valueIfTrue"), .any("valueIfFalse")],
      "One of two values; the other is not evaluated.",
      "if(equals(1, 1), 'yes', 'no')",
      gives: "yes",
      .lazy(conditional)
    ),
    FunctionDefinition(
      .logic,
      "not",
      [.boolean("expression")],
      "The opposite of a condition.",
      "not(false)",
      gives: true,
      .one(not)
    ),
    FunctionDefinition(
      .logic,
      "equals",
      [.any("left"), .any("right")],
      "Whether two values are equal; numbers compare by value, texts exactly.",
      "equals(1, 1.0)",
      gives: true,
      .two(equals)
    ),
    FunctionDefinition(
      .logic,
      "greater",
      [.either("value", ordered), .either("compareTo", ordered)],
      "Whether the first number or text is greater than the second.",
      "greater(10, 5)",
      gives: true,
      .two { left, right throws(ExpressionError) in
        try compare("greater", left, right) { $0 > 0 }
      }
    ),
    FunctionDefinition(
      .logic,
      "greaterOrEquals",
      [.either("value", ordered), .either("compareTo", ordered)],
      "Whether the first number or text is greater than or equal to the second.",
      "greaterOrEquals(5, 5)",
      gives: true,
      .two { left, right throws(ExpressionError) in
        try compare("greaterOrEquals", left, right) { $0 >= 0 }
      }
    ),
    FunctionDefinition(
      .logic,
      "less",
      [.either("value", ordered), .either("compareTo", ordered)],
      "Whether the first number or text is less than the second.",
      "less(5, 10)",
      gives: true,
      .two { left, right throws(ExpressionError) in
        try compare("less", left, right) { $0 < 0 }
      }
    ),
    FunctionDefinition(
      .logic,
      "lessOrEquals",
      [.either("value", ordered), .either("compareTo", ordered)],
      "Whether the first number or text is less than or equal to the second.",
      "lessOrEquals(10, 10)",
      gives: true,
      .two { left, right throws(ExpressionError) in
        try compare("lessOrEquals", left, right) { $0 <= 0 }
      }
    ),
    FunctionDefinition(
      .logic,
      "coalesce",
      [.any("value").repeated],
      "The first value that is not null; later ones are not evaluated.",
      "coalesce(null, 'hello')",
      gives: "hello",
      .lazy(coalesce)
    ),
  ]

  private static let ordered: KindSet = [.number, .string]

  @Sendable private static func and(
    _ arguments: [Node],
    _ evaluation: inout Evaluation
  ) throws(ExpressionError) -> JSON {
    for argument in arguments {
      guard try condition(argument, "and", &evaluation) else { return false }
    }
    return true
  }

  @Sendable private static func or(
    _ arguments: [Node],
    _ evaluation: inout Evaluation
  ) throws(ExpressionError) -> JSON {
    for argument in arguments {
      if try condition(argument, "or", &evaluation) { return true }
    }
    return false
  }

  @Sendable private static func conditional(
    _ arguments: [Node],
    _ evaluation: inout Evaluation
  ) throws(ExpressionError) -> JSON {
    let isTrue = try condition(arguments[0], "if", &evaluation)
    return try evaluation.value(of: arguments[isTrue ? 1 : 2])
  }

  @Sendable private static func coalesce(
    _ arguments: [Node],
    _ evaluation: inout Evaluation
  ) throws(ExpressionError) -> JSON {
    for argument in arguments {
      let value = try evaluation.value(of: argument)
      if !value.isNull { return value }
    }
    return .null
  }

  private static func condition(
    _ node: Node,
    _ function: String,
    _ evaluation: inout Evaluation
  ) throws(ExpressionError) -> Bool {
    let value = try evaluation.value(of: node)
    if case .bool(let value) = value { return value }
    throw ExpressionError(
      .argumentKind,
      "'\(function)' expects its conditions to be booleans, but one is \(KindSet(of: value).text)",
      hint: "compare with equals() or convert with bool(); values have no truthiness",
      range: node.range
    )
  }

  @Sendable private static func not(_ value: JSON) -> JSON { .bool(value.boolValue == false) }

  /// A text also equals the boolean whose lower-case name it is.
  @Sendable private static func equals(_ left: JSON, _ right: JSON) -> JSON {
    switch (left, right) {
    case (.string(let text), .bool(let value)), (.bool(let value), .string(let text)):
      .bool(text == (value ? "true" : "false"))
    default: .bool(left == right)
    }
  }

  private static func compare(
    _ function: String,
    _ left: JSON,
    _ right: JSON,
    _ accepts: (Int) -> Bool
  ) throws(ExpressionError) -> JSON {
    guard KindSet.number.contains(KindSet(of: left)) == KindSet.number.contains(KindSet(of: right))
    else {
      throw ExpressionError(
        .argumentKind,
        "'\(function)' expects two numbers or two texts, but it compares "
          + "\(KindSet(of: left).text) with \(KindSet(of: right).text)",
        hint: "convert one of them with int(), float() or string()"
      )
    }
    guard let order = Comparison.order(left, right) else { return false }
    return .bool(accepts(order))
  }
}
