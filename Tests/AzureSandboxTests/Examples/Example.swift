import Fixtures
import Foundation
import OrderedJSON
import Testing

/// A request with its answer, and what has to be done before.
///
/// `prepare` lists steps, `substitute` texts of the example with what this sandbox has instead,
/// `with` what the request needs besides, `more` members of the answer that the example does not
/// show.
struct Example: CustomTestStringConvertible, Sendable {
  let json: JSON

  var testDescription: String { json.text("id") }
  var steps: [JSON] { json["prepare"]?.arrayValue ?? [] }
  var request: JSON { json["request"] ?? .null }
  var response: JSON { json["response"] ?? .null }
  var more: Set<String> { Set((json["more"]?.arrayValue ?? []).compactMap(\.stringValue)) }
  var substitutes: [(key: String, value: JSON)] {
    (json["substitute"]?.objectValue?.members ?? []).map { ($0.key, $0.value) }
  }

  static func ours() throws -> [Example] {
    (try Fixtures.json("AzureSandboxTests/Data/examples.json").arrayValue ?? []).map(Example.init)
  }

  /// The gathered ones, on machines that have them.
  static func gathered() throws -> [Example] {
    guard let url = Fixtures.reference("golden/azure-communication-examples.json") else {
      return []
    }
    let document = try JSON(parsing: Array(Data(contentsOf: url)))
    return (document["examples"]?.arrayValue ?? []).map(Example.init)
  }
}
