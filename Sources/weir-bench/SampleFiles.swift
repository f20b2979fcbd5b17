import Connectors
import Definitions
import Foundation

/// The sample flow and connector of the repository.
enum SampleFiles {
  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static func bytes(_ path: String) throws -> [UInt8] {
    try Array(Data(contentsOf: root.appending(path: path)))
  }

  static func flow() throws -> Flow {
    try flow(String(decoding: bytes("flows/onboard-user.json"), as: UTF8.self), "onboard-user")
  }

  /// Reads a flow from text.
  static func flow(_ text: String, _ name: String = "bench") throws -> Flow {
    let read = FlowReader.read(name: name, file: "\(name).json", bytes: Array(text.utf8))
    guard let flow = read.flow else { throw BenchFailure("the flow '\(name)' cannot be read") }
    return flow
  }

  static func connector() throws -> Connector {
    let folder = "definitions/azure-communication-identity"
    func file(_ name: String) throws -> ConnectorFiles.File {
      ConnectorFiles.File(path: "\(folder)/\(name)", bytes: try bytes("\(folder)/\(name)"))
    }
    let files = ConnectorFiles(
      name: "azure-communication-identity",
      definition: try file("apiDefinition.swagger.json"),
      properties: try file("apiProperties.json"),
      runtime: try file("runtime.json")
    )
    guard let connector = ConnectorDecoder.decode(files).connector else {
      throw BenchFailure("the sample connector cannot be read")
    }
    return connector
  }
}
