import Definitions
import Diagnostics
import Fixtures
import OrderedJSON
import Testing

/// `runtime.json` as the decoder reads it, as its JSON Schema describes it, and as the guide explains
/// it: the three must not drift apart.
struct RuntimeSchemaTests {
  private let schema: JSON
  private let guide: String

  init() throws {
    schema = try JSON(parsing: Fixtures.sample("definitions/runtime.schema.json"))
    guide = String(decoding: try Fixtures.sample("definitions/README.md"), as: UTF8.self)
  }

  /// An object of the format: where its members are in the schema, and documents that hold it with a
  /// member that nobody knows.
  struct Shape: CustomTestStringConvertible, Sendable {
    var pointer: String
    var documents: [JSON]

    var testDescription: String { pointer }

    init(_ pointer: String, _ documents: JSON...) {
      self.pointer = pointer
      self.documents = documents
    }
  }

  private static let odd: JSON = ["zzzzzzzzzz": 1]
  private static let odds = "zzzzzzzzzz"

  private static func signer(_ scheme: String) -> JSON {
    ["signers": ["s": ["scheme": .string(scheme), "key": "k", "zzzzzzzzzz": 1]]]
  }

  private static let request: JSON = ["url": "https://h", "zzzzzzzzzz": 1]

  private static let shapes = [
    Shape("/properties", odd),
    Shape("/properties/throttling/properties", ["throttling": odd]),
    Shape(
      "/definitions/signer/properties",
      signer("azure-communication-hmac"),
      signer("aws-sigv4"),
      signer("hmac")
    ),
    Shape(
      "/properties/parameterSets/items/properties",
      ["parameterSets": [["name": "n", "parameters": [:], "zzzzzzzzzz": 1]]]
    ),
    Shape(
      "/properties/parameterSets/items/properties/token/properties",
      ["parameterSets": [["name": "n", "parameters": [:], "token": odd]]]
    ),
    Shape(
      "/properties/tokens/additionalProperties/properties",
      ["tokens": ["t": ["request": ["url": "https://h"], "zzzzzzzzzz": 1]]]
    ),
    Shape(
      "/properties/tokens/additionalProperties/properties/request/properties",
      ["tokens": ["t": ["request": request]]]
    ),
    Shape("/properties/scripts/additionalProperties/properties", ["scripts": ["*": odd]]),
    Shape(
      "/properties/scripts/additionalProperties/properties/request/properties",
      ["scripts": ["*": ["request": odd]]]
    ),
    Shape("/definitions/response/properties", ["scripts": ["*": ["response": odd]]]),
    Shape("/definitions/response/properties", ["scripts": ["*": ["answer": odd]]]),
    Shape(
      "/properties/failures/additionalProperties/properties",
      ["failures": ["List": odd]]
    ),
    Shape(
      "/properties/idempotencyItems/additionalProperties/properties",
      ["idempotencyItems": ["List": odd]]
    ),
    Shape("/properties/availability/items/properties", ["availability": [odd]]),
  ]

  /// What the decoder knows, as its complaint about the odd member lists it.
  private func known(in document: JSON) throws -> Set<String> {
    let diagnostics = ConnectorDecoder.decode(SampleConnector.files(runtime: document.text))
      .diagnostics
    let complaint = try #require(
      diagnostics.first { $0.message.contains("'\(Self.odds)'") },
      "\(diagnostics)"
    )
    let list = try #require(complaint.hint).replacing("known: ", with: "")
    return Set(list.split(separator: ", ").map(String.init))
  }

  private func value(_ pointer: String) throws -> JSON {
    try #require(JSONPointer(text: pointer).flatMap(schema.value), "\(pointer)")
  }

  @Test(arguments: shapes)
  func `the schema has the members that the decoder reads, and the guide names each`(
    _ shape: Shape
  ) throws {
    let known = try shape.documents.reduce(into: Set<String>()) {
      $0.formUnion(try self.known(in: $1))
    }
    let described = Set(try #require(value(shape.pointer).objectValue).keys)
    #expect(known == described)
    for name in known where name != "$schema" {
      let isNamed = guide.contains("`\(name)`") || guide.contains("\"\(name)\"")
      #expect(isNamed, "README.md does not name '\(name)'")
    }
  }

  @Test(arguments: [
    ("/definitions/signer/properties/scheme", RequestSigning.Scheme.allCases.map(\.rawValue)),
    (
      "/properties/parameterSets/items/properties/token/properties/grant",
      TokenGrant.Kind.allCases.map(\.rawValue)
    ),
    ("/definitions/signer/properties/keyEncoding", HMACSigning.Encoding.allCases.map(\.rawValue)),
    ("/definitions/signer/properties/encoding", HMACSigning.Encoding.ofSignatures.map(\.rawValue)),
    ("/definitions/signer/properties/dateFormat", HMACSigning.DateFormat.allCases.map(\.rawValue)),
  ])
  func `the schema offers the words that the decoder takes, and the guide names each`(
    _ pointer: String,
    _ words: [String]
  ) throws {
    let offered = (try value(pointer)["enum"]?.arrayValue ?? []).compactMap(\.stringValue)
    #expect(Set(offered) == Set(words))
    for word in words { #expect(guide.contains("`\(word)`"), "README.md does not name '\(word)'") }
  }
}
