import Diagnostics
import OrderedJSON

/// Lengths in code units, XML escapes, byte order marks and formatted numbers.
///
/// Source: workflow language reference, section c.1, designer listing.
enum StringEncodingFunctions {
  static let all: [FunctionDefinition] = [
    FunctionDefinition(
      .string,
      "formatNumber",
      [.number("number"), .text("format"), .text("locale").optional],
      "A number written by a .NET format, such as 'N2' or '#,##0.00'.",
      "formatNumber(1234.5, 'N2')",
      gives: "1,234.50",
      .many(formatNumber)
    ),
    FunctionDefinition(
      .string,
      "utf8Length",
      [.text("text")],
      "The number of bytes of a text in UTF-8.",
      "utf8Length('é')",
      gives: 2,
      .one { .integer(Int64($0.checkedText.utf8.count)) }
    ),
    FunctionDefinition(
      .string,
      "utf16Length",
      [.text("text")],
      "The number of UTF-16 units of a text.",
      "utf16Length('é')",
      gives: 1,
      .one { .integer(Int64($0.checkedText.utf16.count)) }
    ),
    FunctionDefinition(
      .string,
      "encodeXmlValue",
      [.text("text")],
      "The text with the characters escaped that XML gives a meaning.",
      "encodeXmlValue('a<b')",
      gives: "a&lt;b",
      .one { .string(XMLName.escapedValue($0.checkedText)) }
    ),
    FunctionDefinition(
      .string,
      "decodeXmlValue",
      [.text("text")],
      "The text with XML escapes resolved.",
      "decodeXmlValue('a&lt;b')",
      gives: "a<b",
      .one { .string(XMLName.unescapedValue($0.checkedText)) }
    ),
    FunctionDefinition(
      .string,
      "encodeXmlName",
      [.text("text")],
      "The text with the characters written as _xHHHH_ that XML names cannot hold.",
      "encodeXmlName('a b')",
      gives: "a_x0020_b",
      .one { .string(XMLName.encoded($0.checkedText)) }
    ),
    FunctionDefinition(
      .string,
      "decodeXmlName",
      [.text("text")],
      "The text with _xHHHH_ resolved.",
      "decodeXmlName('a_x0020_b')",
      gives: "a b",
      .one { .string(XMLName.decoded($0.checkedText)) }
    ),
    FunctionDefinition(
      .string,
      "trimByteOrderMark",
      [.text("text")],
      "The text without a byte order mark at its start.",
      "trimByteOrderMark('abc')",
      gives: "abc",
      .one { value in
        let text = value.checkedText
        guard text.unicodeScalars.first == "\u{FEFF}" else { return value }
        return .string(String(text.unicodeScalars.dropFirst()))
      }
    ),
  ]

  @Sendable private static func formatNumber(
    _ arguments: Arguments,
    _ evaluation: inout Evaluation
  ) throws(ExpressionError) -> JSON {
    let symbols = try arguments.symbols(2, default: "en-US")
    return .string(try NumberFormat.text(of: arguments[0], arguments.text(1), symbols))
  }
}
