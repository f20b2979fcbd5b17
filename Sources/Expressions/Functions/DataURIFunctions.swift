import HTTPMessages
import Diagnostics
import OrderedJSON

/// Content inside data URIs.
///
/// Source: workflow language reference, section c.4; RFC 2397.
enum DataURIFunctions {
  static let all: [FunctionDefinition] = [
    FunctionDefinition(
      .conversion,
      "dataUri",
      [.any("value")],
      "The value as a data URI.",
      "dataUri('hello')",
      gives: "data:text/plain;charset=utf-8;base64,aGVsbG8=",
      .one(dataURI)
    ),
    binary("dataUriToBinary"), binary("decodeDataUri"),
    FunctionDefinition(
      .conversion,
      "dataUriToString",
      [.text("value")],
      "The text inside a data URI.",
      "dataUriToString('data:;base64,aGVsbG8=')",
      gives: "hello",
      .one { value throws(ExpressionError) in
        .string(try DataURI(value.checkedText).text())
      }
    ),
  ]

  private static func binary(_ name: String) -> FunctionDefinition {
    FunctionDefinition(
      .conversion,
      name,
      [.text("value")],
      "The content of a data URI, with its type.",
      "\(name)('data:text/plain;base64,aGk=')",
      gives: ["$content-type": "text/plain", "$content": "aGk="],
      .one { value throws(ExpressionError) in
        try DataURI(value.checkedText).envelope().json
      }
    )
  }

  @Sendable private static func dataURI(_ value: JSON) throws(ExpressionError) -> JSON {
    switch value {
    case .null:
      throw .invalid("'dataUri' cannot convert null", hint: "guard against null with coalesce()")
    case .string(let text):
      return .string("data:text/plain;charset=utf-8;base64,\(Base64.encode(text))")
    default:
      if let envelope = value.objectValue.flatMap(ContentEnvelope.init) {
        return .string("data:\(envelope.contentType);base64,\(envelope.content)")
      }
      let text = try StringConversion.text(of: value)
      return .string("data:application/json;charset=utf-8;base64,\(Base64.encode(text))")
    }
  }
}
