import Diagnostics
import HTTPMessages
import OrderedJSON

/// Parts of URIs, and percent-encoding.
///
/// Source: workflow language reference, sections c.4 and c.7.
enum URIFunctions {
  static let all: [FunctionDefinition] = [
    part("uriHost", "The host of an absolute URI.", "www.contoso.com") { .string($0.host) },
    part("uriPath", "The path of an absolute URI.", "/a/b") { .string($0.path) },
    part("uriPathAndQuery", "The path and query of an absolute URI.", "/a/b?c=d") {
      .string($0.path + $0.query)
    },
    part("uriPort", "The port of an absolute URI, by default that of its scheme.", 443) {
      .integer(Int64($0.port))
    },
    part("uriQuery", "The query of an absolute URI, with its question mark.", "?c=d") {
      .string($0.query)
    },
    part("uriScheme", "The scheme of an absolute URI.", "https") { .string($0.scheme) },
    encode("uriComponent"), encode("encodeUriComponent"),
    decode("uriComponentToString"), decode("decodeUriComponent"),
    FunctionDefinition(
      .conversion,
      "uriComponentToBinary",
      [.text("value")],
      "The percent-decoded bytes of a text, as binary content.",
      "uriComponentToBinary('a%20b')",
      gives: ["$content-type": "application/octet-stream", "$content": "YSBi"],
      .one { value in
        let bytes = PercentEncoding.decodeBytes(value.checkedText)
        return ContentEnvelope(contentType: ContentEnvelope.binaryType, bytes: bytes).json
      }
    ),
  ]

  private static func part(
    _ name: String,
    _ summary: String,
    _ result: JSON,
    _ body: @escaping @Sendable (AbsoluteURI) -> JSON
  ) -> FunctionDefinition {
    FunctionDefinition(
      .uri,
      name,
      [.text("uri")],
      summary,
      "\(name)('https://www.contoso.com/a/b?c=d')",
      gives: result,
      .one { value throws(ExpressionError) in
        guard let uri = AbsoluteURI(value.checkedText) else {
          throw .invalid(
            "'\(name)' expects an absolute URI",
            hint: "it starts with a scheme and a host, such as https://www.contoso.com"
          )
        }
        return body(uri)
      }
    )
  }

  private static func encode(_ name: String) -> FunctionDefinition {
    FunctionDefinition(
      .conversion,
      name,
      [.text("value")],
      "The text percent-encoded for use inside a URI.",
      "\(name)('a b')",
      gives: "a%20b",
      .one { .string(PercentEncoding.encode($0.checkedText)) }
    )
  }

  private static func decode(_ name: String) -> FunctionDefinition {
    FunctionDefinition(
      .conversion,
      name,
      [.text("value")],
      "The percent-encoded text decoded; a plus sign stays.",
      "\(name)('a%20b')",
      gives: "a b",
      .one { .string(PercentEncoding.decode($0.checkedText)) }
    )
  }
}
