import Foundation
import OrderedJSON

/// A project with the sample flow, for the built program.
struct BenchProject {
  private let folder: TemporaryFolder
  let path: String

  /// Calls through its connection are not limited, as in the raw loop.
  init() throws {
    folder = try TemporaryFolder()
    path = folder.path("project")
    try FileManager.default.createDirectory(
      atPath: path + "/flows",
      withIntermediateDirectories: true
    )
    try FileManager.default.createSymbolicLink(
      atPath: path + "/definitions",
      withDestinationPath: SampleFiles.root.appending(path: "definitions").path
    )
    try write(try SampleFiles.bytes("flows/onboard-user.json"), "flows/onboard-user.json")
    let connections: JSON = [
      "acs": [
        "connector": "azure-communication-identity", "limits": "off",
        "parameters": ["api_key": "@appsetting('AZURE_COMMUNICATION_CONNECTION_STRING')"],
      ]
    ]
    try write(connections.bytes, "flows/connections.json")
  }

  /// The words of a command on this project.
  func weir(_ words: String...) throws -> [String] {
    [try Binaries.path("weir")] + words + ["--project", path]
  }

  func remove() { folder.remove() }

  private func write(_ bytes: [UInt8], _ name: String) throws {
    try Data(bytes).write(to: URL(filePath: path + "/" + name))
  }
}
