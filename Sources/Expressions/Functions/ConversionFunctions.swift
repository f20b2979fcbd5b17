import Diagnostics
import OrderedJSON

/// Values converted to texts, booleans, arrays and JSON.
///
/// Source: workflow language reference, section c.4.
enum ConversionFunctions {
  static let all: [FunctionDefinition] = [
    FunctionDefinition(
      .conversion,
      "string",
      [.any("value")],
      "The text of a value; objects and arrays become JSON.",
      "string(createArray(1, 2))",
      gives: "[1,2]",
      .many { arguments, evaluation throws(ExpressionError) in
        let text = try StringConversion.text(of: arguments[0])
        try evaluation.require(textLength: text.utf8.count)
        return .string(text)
      }
    ),
    FunctionDefinition(
      .conversion,
      "bool",
      [.any("value")],
      "The boolean of a number, which is false when 0, or of the texts true and false.",
      "bool('true')",
      gives: true,
      .one(bool)
    ),
    FunctionDefinition(
      .conversion,
      "array",
      [.any("value")],
      "An array with the value as its only element.",
      "array('hello')",
      gives: ["hello"],
      .one { .array([$0]) }
    ),
    FunctionDefinition(
      .conversion,
      "json",
      [.either("value", [.string, .object])],
      "The value that a JSON text or an XML document holds.",
      "json('[1, 2]')",
      gives: [1, 2],
      .one(json)
    ),
  ]

  @Sendable private static func bool(_ value: JSON) throws(ExpressionError) -> JSON {
    switch value {
    case .bool: return value
    case .integer, .double, .decimal: return .bool(value.doubleValue != 0)
    case .string(let text):
      switch OrdinalText.lowercased(text) {
      case "true": return true
      case "false": return false
      default: break
      }
    default: break
    }
    throw .invalid(
      "'bool' cannot convert \(KindSet(of: value).text) with this value to a boolean",
      hint: "numbers and the texts 'true' and 'false' can be converted"
    )
  }

  @Sendable private static func json(_ value: JSON) throws(ExpressionError) -> JSON {
    if case .string(let text) = value { return try parse(text) }
    guard let object = value.objectValue, let envelope = ContentEnvelope(object) else {
      throw ExpressionError(
        .argumentKind,
        "'json' expects 'value' to be a text or an XML, but it is \(KindSet(of: value).text)",
        hint: "the value is JSON already; leave out json()"
      )
    }
    guard envelope.isXML else { return try parse(envelope.text()) }
    return try XMLToJSON.json(of: envelope)
  }

  /// The message names the place but quotes nothing, because the text may hold secrets.
  private static func parse(_ text: String) throws(ExpressionError) -> JSON {
    do throws(JSONParseError) {
      return try JSON(parsing: text)
    } catch {
      throw ExpressionError(
        .invalidContent,
        "'json' cannot read the text as JSON: offset \(error.offset): \(error.message)",
        hint: error.hint
      )
    }
  }
}
