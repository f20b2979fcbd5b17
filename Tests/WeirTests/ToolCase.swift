import Fixtures
import OrderedJSON
import Testing

/// One invocation of the program as data: what it is given, and what must come of it.
struct ToolCase: Sendable, CustomTestStringConvertible {
  let name: String
  let arguments: [String]
  let files: JSONObject
  let environment: [String: String]
  let input: String
  let exitCode: Int32
  /// Pieces of text that must stand on the result stream.
  let output: [String]
  /// Pieces of text that must stand on the other stream.
  let errors: [String]
  /// The whole result stream as JSON.
  let result: JSON?

  var testDescription: String { name }

  init(_ value: JSON) throws {
    name = try #require(value["name"]?.stringValue)
    arguments = Self.words(value["arguments"])
    files = value["files"]?.objectValue ?? [:]
    environment = Dictionary(
      (value["environment"]?.objectValue?.members ?? []).map {
        ($0.key, $0.value.stringValue ?? "")
      }
    ) { $1 }
    input = value["input"]?.stringValue ?? ""
    exitCode = Int32(try #require(value["exitCode"]?.integerValue))
    output = Self.words(value["output"])
    errors = Self.words(value["errors"])
    result = value["result"]
  }

  private static func words(_ value: JSON?) -> [String] {
    (value?.arrayValue ?? []).compactMap(\.stringValue)
  }

  static func load(_ file: String) throws -> [ToolCase] {
    try (Fixtures.json("WeirTests/Data/\(file)").arrayValue ?? []).map(ToolCase.init)
  }
}
