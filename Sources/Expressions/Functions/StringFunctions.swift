import Diagnostics
import OrderedJSON

/// Texts joined, cut, replaced and measured.
///
/// Source: workflow language reference, section c.1.
enum StringFunctions {
  static let all: [FunctionDefinition] = [
    FunctionDefinition(
      .string,
      "concat",
      [.any("text").repeated],
      "All values as one text.",
      "concat('Hello', ' ', 'World')",
      gives: "Hello World",
      .many(concat)
    ),
    FunctionDefinition(
      .string,
      "substring",
      [.text("text"), .integer("startIndex"), .integer("length").optional],
      "The part of a text from a position, to its end or of a length.",
      "substring('hello world', 6, 5)",
      gives: "world",
      .many(substring)
    ),
    FunctionDefinition(
      .string,
      "slice",
      [.text("text"), .integer("startIndex"), .integer("endIndex").optional],
      "The part of a text between two positions; negative ones count from the end.",
      "slice('Hello World', -5)",
      gives: "World",
      .many(slice)
    ),
    FunctionDefinition(
      .string,
      "replace",
      [.text("text"), .text("oldText"), .text("newText")],
      "The text with every occurrence of a text replaced.",
      "replace('the old string', 'old', 'new')",
      gives: "the new string",
      .many(replace)
    ),
    FunctionDefinition(
      .string,
      "toLower",
      [.text("text")],
      "The text in lower case.",
      "toLower('Hello World')",
      gives: "hello world",
      .one { .string(OrdinalText.lowercased($0.checkedText)) }
    ),
    FunctionDefinition(
      .string,
      "toUpper",
      [.text("text")],
      "The text in upper case.",
      "toUpper('Hello World')",
      gives: "HELLO WORLD",
      .one { .string(OrdinalText.uppercased($0.checkedText)) }
    ),
    FunctionDefinition(
      .string,
      "trim",
      [.text("text")],
      "The text without white space at both ends.",
      "trim('  Hello World ')",
      gives: "Hello World",
      .one { .string(trimmed($0.checkedText)) }
    ),
    FunctionDefinition(
      .string,
      "split",
      [.text("text"), .text("delimiter")],
      "The parts of a text between the occurrences of a delimiter.",
      "split('a_b_c', '_')",
      gives: ["a", "b", "c"],
      .many(split)
    ),
    FunctionDefinition(
      .string,
      "length",
      [.either("collection", [.string, .array])],
      "The number of characters of a text, in UTF-16 units, or of elements of an array.",
      "length('abcd')",
      gives: 4,
      .one(length)
    ),
    FunctionDefinition(
      .string,
      "chunk",
      [.either("collection", [.string, .array]), .integer("length")],
      "The text or array in pieces of a length; the last may be shorter.",
      "chunk('abcdefg', 3)",
      gives: ["abc", "def", "g"],
      .many(chunk)
    ),
    FunctionDefinition(
      .string,
      "guid",
      [.text("format").optional],
      "A new random identifier, in format D, N, B, P or X.",
      "guid('N')",
      gives: nil,
      .many(guid)
    ),
  ]

  @Sendable private static func concat(
    _ arguments: Arguments,
    _ evaluation: inout Evaluation
  ) throws(ExpressionError) -> JSON {
    var text = ""
    for value in arguments.values {
      try StringConversion.append(value, to: &text)
      try evaluation.require(textLength: text.utf8.count)
    }
    return .string(text)
  }

  @Sendable private static func substring(
    _ arguments: Arguments,
    _ evaluation: inout Evaluation
  ) throws(ExpressionError) -> JSON {
    let text = arguments.text(0)
    let count = Int64(UTF16Text.length(text))
    let start = arguments.integer(1)
    let length = arguments.optionalInteger(2) ?? max(0, count - max(0, start))
    guard start >= 0, start <= count, length >= 0, length <= count - start else {
      throw .invalid(
        "'substring' expects 'startIndex' \(start) and 'length' \(length) to lie within the text, "
          + "which has \(count) characters",
        hint: "use slice(), which cuts off at the end of the text"
      )
    }
    return .string(UTF16Text.slice(text, Int(start)..<Int(start + length)))
  }

  @Sendable private static func slice(
    _ arguments: Arguments,
    _ evaluation: inout Evaluation
  ) -> JSON {
    let text = arguments.text(0)
    let count = UTF16Text.length(text)
    let start = position(arguments.integer(1), count)
    let end = position(arguments.optionalInteger(2) ?? Int64(count), count)
    return .string(start < end ? UTF16Text.slice(text, start..<end) : "")
  }

  /// A position counted from either end, moved into the text.
  private static func position(_ index: Int64, _ count: Int) -> Int {
    let fromStart = index < 0 ? index.addingReportingOverflow(Int64(count)).partialValue : index
    return Int(min(max(fromStart, 0), Int64(count)))
  }

  @Sendable private static func replace(
    _ arguments: Arguments,
    _ evaluation: inout Evaluation
  ) throws(ExpressionError) -> JSON {
    let (old, new) = (arguments.text(1), arguments.text(2))
    guard !old.isEmpty else { throw .invalid("'replace' expects 'oldText' to not be empty") }
    let text = arguments.text(0)
    let bytes = Array(text.utf8)
    let parts = try parts(of: bytes, between: old, &evaluation)
    guard parts.count > 1 else { return arguments[0] }
    let growth = (parts.count - 1) * (new.utf8.count - old.utf8.count)
    try evaluation.require(textLength: bytes.count + growth)
    let joined = parts.map { bytes[$0] }.joined(separator: new.utf8)
    return .string(String(decoding: Array(joined), as: UTF8.self))
  }

  @Sendable private static func split(
    _ arguments: Arguments,
    _ evaluation: inout Evaluation
  ) throws(ExpressionError) -> JSON {
    let bytes = Array(arguments.text(0).utf8)
    let parts = try parts(of: bytes, between: arguments.text(1), &evaluation)
    return .array(parts.map { .string(String(decoding: bytes[$0], as: UTF8.self)) })
  }

  private static func parts(
    of bytes: [UInt8],
    between separator: String,
    _ evaluation: inout Evaluation
  ) throws(ExpressionError) -> [Range<Int>] {
    let limit = evaluation.remainingSteps
    let parts = OrdinalText.parts(of: bytes, between: separator, atMost: limit)
    guard let parts else { throw evaluation.exhausted }
    try evaluation.spend(parts.count)
    return parts
  }

  private static func trimmed(_ text: String) -> String {
    let scalars = text.unicodeScalars
    let start = scalars.firstIndex { !$0.properties.isWhitespace } ?? scalars.endIndex
    let end = scalars.lastIndex { !$0.properties.isWhitespace }
    return String(scalars[start..<(end.map { scalars.index(after: $0) } ?? start)])
  }

  @Sendable private static func length(_ value: JSON) -> JSON {
    if case .array(let elements) = value { return .integer(Int64(elements.count)) }
    return .integer(Int64(UTF16Text.length(value.checkedText)))
  }

  @Sendable private static func chunk(
    _ arguments: Arguments,
    _ evaluation: inout Evaluation
  ) throws(ExpressionError) -> JSON {
    guard arguments.integer(1) > 0 else {
      throw .invalid("'chunk' expects 'length' to be positive, but it is \(arguments.integer(1))")
    }
    let size = Int(min(arguments.integer(1), Int64(Int32.max)))
    if case .array(let elements) = arguments[0] {
      try evaluation.spend(elements.count)
      return .array(pieces(elements.count, size).map { .array(Array(elements[$0])) })
    }
    let text = arguments.text(0)
    let count = UTF16Text.length(text)
    try evaluation.spend(count / size + 1)
    return .array(pieces(count, size).map { .string(UTF16Text.slice(text, $0)) })
  }

  private static func pieces(_ count: Int, _ size: Int) -> [Range<Int>] {
    stride(from: 0, to: count, by: size).map { $0..<min($0 + size, count) }
  }

  @Sendable private static func guid(
    _ arguments: Arguments,
    _ evaluation: inout Evaluation
  ) throws(ExpressionError) -> JSON {
    let format = arguments.optionalText(0) ?? "D"
    let high = evaluation.scope.randomNumber()
    let low = evaluation.scope.randomNumber()
    guard let text = RandomIdentifier(high: high, low: low).text(format) else {
      throw .invalid("'guid' has no format '\(format)'", hint: "use D, N, B, P or X")
    }
    return .string(text)
  }
}
