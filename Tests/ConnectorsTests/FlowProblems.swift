import Connectors
import Definitions
import Diagnostics
import Fixtures
import Foundation
import OrderedJSON

/// Everything that is wrong with a flow of a project.
enum FlowProblems {
  /// With one connection, `acs`, and one, `lost`, whose connector is not there; without a connector
  /// calls are not looked at.
  static func all(of text: String, _ connector: Connector?) -> [Diagnostic] {
    guard let connector else { return all(of: text, [:], [:]) }
    let references = ["acs": connector.name, "lost": "not-there"]
    return all(of: text, references, [connector.name: connector])
  }

  /// With these connections, none when calls are not looked at, and connectors by name.
  static func all(
    of text: String,
    _ references: [String: String],
    _ connectors: [String: Connector]
  ) -> [Diagnostic] {
    let read = FlowReader.inspect(name: "flow", file: "flow.json", bytes: Array(text.utf8))
    guard let flow = read.flow else { return read.diagnostics }
    let calls =
      references.isEmpty
      ? [] : FlowConnectorCheck.problems(of: flow, references: references) { connectors[$0] }
    return (read.diagnostics + FlowValidator.problems(of: flow) + calls).inOrder
  }

  /// The flows of the repository by name, with its connections and connectors.
  static func samples() throws -> (
    flows: [String: [UInt8]], references: [String: String], connectors: [String: Connector]
  ) {
    let files = try FileManager.default.contentsOfDirectory(
      atPath: Fixtures.root.appending(path: "flows").path
    )
    let names = files.filter {
      $0.hasSuffix(".json") && !["connections.json", "parameters.json"].contains($0)
        && !$0.hasSuffix(".test.json")
    }
    let declared = try JSON(parsing: Fixtures.sample("flows/connections.json")).objectValue
    let references = (declared?.members ?? []).compactMap { member in
      member.value["connector"]?.stringValue.map { (member.key, $0) }
    }
    let connectors = try Set(references.map(\.1)).map { ($0, try SampleConnector.shipped($0)) }
    return (
      Dictionary(uniqueKeysWithValues: try names.map { ($0, try Fixtures.sample("flows/\($0)")) }),
      Dictionary(uniqueKeysWithValues: references), Dictionary(uniqueKeysWithValues: connectors)
    )
  }
}
