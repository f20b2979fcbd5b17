import Diagnostics
import OrderedJSON

/// Values converted to numbers, and texts tested for them.
///
/// Source: workflow language reference, section c.4.
enum NumberConversionFunctions {
  static let all: [FunctionDefinition] = [
    FunctionDefinition(
      .conversion,
      "int",
      [.either("value", [.string, .number])],
      "The integer that a text spells.",
      "int('10')",
      gives: 10,
      .one(int)
    ),
    FunctionDefinition(
      .conversion,
      "float",
      [.either("value", [.string, .number]), .text("locale").optional],
      "The floating-point number that a text spells in a locale.",
      "float('10,000.333')",
      gives: 10000.333,
      .many(float)
    ),
    FunctionDefinition(
      .conversion,
      "decimal",
      [.either("value", [.string, .number])],
      "The decimal number that a text spells, with its digits kept.",
      "decimal('1.10')",
      gives: .decimal(ScaledDecimal(text: "1.10") ?? ScaledDecimal(0)),
      .one(decimal)
    ),
    FunctionDefinition(
      .string,
      "isInt",
      [.text("text")],
      "Whether a text spells an integer.",
      "isInt('10')",
      gives: true,
      .one { .bool(NumberReading.integer($0.checkedText) != nil) }
    ),
    FunctionDefinition(
      .string,
      "isFloat",
      [.text("text"), .text("locale").optional],
      "Whether a text spells a number in a locale.",
      "isFloat('10,000.00')",
      gives: true,
      .many { arguments, _ throws(ExpressionError) in
        let symbols = try arguments.symbols(1, default: "")
        return .bool(NumberReading.double(arguments.text(0), floatStyle, symbols) != nil)
      }
    ),
  ]

  private static let floatStyle: NumberParser.Style = [.trailingSign, .decimalPoint, .exponent]

  /// Texts and floats pass through a double, which costs large integers their last digits.
  @Sendable private static func int(_ value: JSON) throws(ExpressionError) -> JSON {
    if case .integer = value { return value }
    let text = try StringConversion.text(of: value)
    let style: NumberParser.Style = [.decimalPoint, .exponent]
    guard let number = NumberReading.double(text, style, .invariant) else {
      throw unreadable(text, "int")
    }
    if number.isNaN { return .integer(.min) }
    guard number == number.rounded(.towardZero) || number.isInfinite else {
      throw .invalid("'int' cannot convert a number with a fraction", hint: "round it first")
    }
    guard let integer = Int64(exactly: number) else {
      throw .invalid("'int' cannot convert a number beyond 64 bits", hint: "use float()")
    }
    return .integer(integer)
  }

  /// Without a locale the culture is en-US, which has no word for infinity.
  @Sendable private static func float(
    _ arguments: Arguments,
    _ evaluation: inout Evaluation
  ) throws(ExpressionError) -> JSON {
    let symbols = try arguments.symbols(1, default: "en-US")
    guard case .string(let text) = arguments[0] else {
      return .double(arguments[0].doubleValue ?? .nan)
    }
    guard let number = NumberReading.double(text, floatStyle, symbols) else {
      throw unreadable(text, "float")
    }
    return .double(number)
  }

  @Sendable private static func decimal(_ value: JSON) throws(ExpressionError) -> JSON {
    guard case .string(let text) = value else { return .decimal(try Arithmetic.decimal(value)) }
    let style: NumberParser.Style = [.trailingSign, .decimalPoint]
    guard let number = NumberParser.parse(text, style, .american) else {
      throw unreadable(text, "decimal")
    }
    guard let result = ScaledDecimal(number) else {
      throw .invalid("'decimal' cannot convert a number beyond 7.9e28", hint: "use float()")
    }
    return .decimal(result)
  }

  private static func unreadable(_ text: String, _ function: String) -> ExpressionError {
    .invalid("'\(function)' cannot read \(Quotation.text(text)) as a number")
  }
}
