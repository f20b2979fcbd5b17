import Diagnostics
import OrderedJSON

/// Calculations and random numbers.
///
/// Source: workflow language reference, section c.5.
enum MathFunctions {
  static let all: [FunctionDefinition] = [
    calculation("add", "The sum of two numbers.", "add(1, 2)", 3, Arithmetic.add),
    calculation("sub", "The difference of two numbers.", "sub(5, 7)", -2, Arithmetic.subtract),
    calculation("mul", "The product of two numbers.", "mul(2, 1.5)", 3.0, Arithmetic.multiply),
    calculation(
      "div",
      "The quotient of two numbers; of integers without its fraction.",
      "div(11, 5)",
      2,
      Arithmetic.divide
    ),
    calculation(
      "mod",
      "The remainder of a division, with the sign of the dividend.",
      "mod(-7, 3)",
      -1,
      Arithmetic.remainder
    ),
    FunctionDefinition(
      .math,
      "min",
      [.either("number", [.number, .array]).repeated],
      "The smallest of some numbers, or of one array.",
      "min(1, 2, 3)",
      gives: 1,
      .many { arguments, _ throws(ExpressionError) in
        try extreme("min", arguments) { $0 < 0 }
      }
    ),
    FunctionDefinition(
      .math,
      "max",
      [.either("number", [.number, .array]).repeated],
      "The largest of some numbers, or of one array.",
      "max(createArray(1, 2, 3))",
      gives: 3,
      .many { arguments, _ throws(ExpressionError) in
        try extreme("max", arguments) { $0 > 0 }
      }
    ),
    FunctionDefinition(
      .math,
      "rand",
      [.integer("minValue"), .integer("maxValue")],
      "A random integer from the first number up to, but not including, the second.",
      "rand(1, 2)",
      gives: 1,
      .many(rand)
    ),
  ]

  private static func calculation(
    _ name: String,
    _ summary: String,
    _ example: String,
    _ result: JSON,
    _ body: @escaping @Sendable (JSON, JSON) throws(ExpressionError) -> JSON
  ) -> FunctionDefinition {
    FunctionDefinition(
      .math,
      name,
      [.number("operand1"), .number("operand2")],
      summary,
      example,
      gives: result,
      .two(body)
    )
  }

  private static func extreme(
    _ function: String,
    _ arguments: Arguments,
    _ precedes: (Int) -> Bool
  ) throws(ExpressionError) -> JSON {
    let isArray = arguments.count == 1 && KindSet(of: arguments[0]) == .array
    let values = isArray ? arguments[0].checkedArray : arguments.values
    for value in values where !KindSet.number.contains(KindSet(of: value)) {
      throw ExpressionError(
        .argumentKind,
        "'\(function)' expects numbers, but one value is \(KindSet(of: value).text)",
        hint: "convert with int() or float() first"
      )
    }
    guard let result = try Arithmetic.extreme(of: values, where: precedes) else {
      throw .invalid("'\(function)' expects the array to not be empty")
    }
    return result
  }

  /// Equal bounds give that number, as .NET's `Random.Next` does.
  @Sendable private static func rand(
    _ arguments: Arguments,
    _ evaluation: inout Evaluation
  ) throws(ExpressionError) -> JSON {
    let (low, high) = (arguments.integer(0), arguments.integer(1))
    guard low <= high else {
      throw .invalid("'rand' expects 'minValue' \(low) to be at most 'maxValue' \(high)")
    }
    let span = UInt64(bitPattern: high &- low)
    guard span > 0 else { return .integer(low) }
    let offset = evaluation.scope.randomNumber().multipliedFullWidth(by: span).high
    return .integer(low &+ Int64(bitPattern: offset))
  }
}
