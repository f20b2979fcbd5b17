import HTTPMessages
import Diagnostics
import OrderedJSON

/// Bytes, Base64 and binary content.
///
/// Source: workflow language reference, section c.4.
enum BinaryFunctions {
  static let all: [FunctionDefinition] = [
    FunctionDefinition(
      .conversion,
      "base64",
      [.either("value", [.string, .object])],
      "The UTF-8 bytes of a text, or the bytes of content, as Base64.",
      "base64('hello')",
      gives: "aGVsbG8=",
      .one(base64)
    ),
    decoding("base64ToString"), decoding("decodeBase64"),
    FunctionDefinition(
      .conversion,
      "base64ToBinary",
      [.text("value")],
      "Binary content from Base64.",
      "base64ToBinary('aGk=')",
      gives: envelope("aGk="),
      .one(base64ToBinary)
    ),
    FunctionDefinition(
      .conversion,
      "binary",
      [.any("value")],
      "The text of a value as binary content.",
      "binary('hi')",
      gives: envelope("aGk="),
      .one(binary)
    ),
  ]

  private static func envelope(_ content: String) -> JSON {
    ContentEnvelope(contentType: ContentEnvelope.binaryType, content: content).json
  }

  private static func decoding(_ name: String) -> FunctionDefinition {
    FunctionDefinition(
      .conversion,
      name,
      [.text("value")],
      "The text whose UTF-8 bytes are given as Base64.",
      "\(name)('aGVsbG8=')",
      gives: "hello",
      .one { value throws(ExpressionError) in
        .string(String(decoding: try bytes(value.checkedText, name), as: UTF8.self))
      }
    )
  }

  /// Content is taken as it is, because that is what flows mean by it.
  @Sendable private static func base64(_ value: JSON) throws(ExpressionError) -> JSON {
    if case .string(let text) = value { return .string(Base64.encode(text)) }
    guard let envelope = value.objectValue.flatMap(ContentEnvelope.init) else {
      throw ExpressionError(
        .argumentKind,
        "'base64' expects 'value' to be a text, but it is an object",
        hint: "convert with string() first"
      )
    }
    return .string(Base64.encode(try envelope.bytes()))
  }

  /// The text stays as written, so that nothing changes on the way.
  @Sendable private static func base64ToBinary(_ value: JSON) throws(ExpressionError) -> JSON {
    _ = try bytes(value.checkedText, "base64ToBinary")
    return envelope(value.checkedText)
  }

  @Sendable private static func binary(_ value: JSON) throws(ExpressionError) -> JSON {
    guard !value.isNull else {
      throw .invalid("'binary' cannot convert null", hint: "guard against null with coalesce()")
    }
    if let content = value.objectValue.flatMap(ContentEnvelope.init) {
      return envelope(content.content)
    }
    return envelope(Base64.encode(try StringConversion.text(of: value)))
  }

  private static func bytes(_ text: String, _ function: String) throws(ExpressionError) -> [UInt8] {
    guard let bytes = Base64.decodeLeniently(text) else {
      throw ExpressionError(.invalidContent, "'\(function)' expects valid Base64")
    }
    return bytes
  }
}
