import Fixtures
import Foundation
import OrderedJSON

/// A temporary project folder with the samples; removed with the last reference to it.
final class Workplace: Sendable {
  let root: URL

  /// With `hasAllConnections`, those are declared, too, whose connectors are added later; without
  /// `hasFlows`, the test writes its own.
  init(hasAllConnections: Bool = false, hasFlows: Bool = true) throws {
    root = FileManager.default.temporaryDirectory.appending(path: "weir-\(UUID().uuidString)")
      .resolvingSymlinksInPath()
    for folder in ["definitions", "flows"] {
      try FileManager.default.createDirectory(
        at: project.appending(path: folder),
        withIntermediateDirectories: true
      )
    }
    for path in Self.samples + (hasFlows ? Self.sampleFlows : []) {
      let target = project.appending(path: path)
      try FileManager.default.copyItem(at: Fixtures.root.appending(path: path), to: target)
    }
    if !hasAllConnections { try keepOwnConnections() }
  }

  /// Leaves out the connections whose connectors are not among the samples.
  private func keepOwnConnections() throws {
    let path = "flows/connections.json"
    let declared = try JSON(parsing: Fixtures.sample(path)).objectValue?.members ?? []
    let own = declared.filter { member in
      let folder = "definitions/\(member.value["connector"]?.stringValue ?? "")"
      return Self.samples.contains(folder)
    }
    try write(.object(JSONObject(own.map { ($0.key, $0.value) })), to: path)
  }

  /// Adds the other samples: every connector and every flow.
  func addSamples() throws {
    for folder in ["definitions", "flows"] {
      let source = Fixtures.root.appending(path: folder)
      for name in try FileManager.default.contentsOfDirectory(atPath: source.path) {
        let target = project.appending(path: folder).appending(path: name)
        try? FileManager.default.removeItem(at: target)
        try FileManager.default.copyItem(at: source.appending(path: name), to: target)
      }
    }
  }

  deinit { try? FileManager.default.removeItem(at: root) }

  private static let samples = [
    "definitions/azure-communication-identity", "flows/connections.json",
  ]

  private static let sampleFlows = ["flows/onboard-user.json", "flows/onboard-or-roll-back.json"]

  var project: URL { root.appending(path: "project") }

  /// Where the runs of this project are stored.
  var data: URL { project.appending(path: ".weir") }

  /// Writes a file of the project; JSON as it is, a string as text.
  func write(_ value: JSON, to path: String) throws {
    let url = project.appending(path: path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(),
      withIntermediateDirectories: true
    )
    try Data((value.stringValue ?? value.prettyText).utf8).write(to: url)
  }

  /// Whether any file below the data folder holds the text.
  func dataHolds(_ text: String) throws -> Bool {
    let files = FileManager.default.enumerator(at: data, includingPropertiesForKeys: nil)
    let needle = Data(text.utf8)
    return (files?.allObjects ?? []).contains { item in
      guard let url = item as? URL, let data = try? Data(contentsOf: url) else { return false }
      return data.range(of: needle) != nil
    }
  }

  func emptyFolder() throws -> URL {
    let folder = root.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  /// Runs the program to its end.
  func weir(
    _ arguments: String...,
    environment: [String: String] = [:],
    shell: String? = nil
  ) async throws -> WeirProcess.Outcome {
    try await start(arguments, environment: environment, shell: shell).end()
  }

  func start(
    _ arguments: [String],
    environment: [String: String] = [:],
    shell: String? = nil
  ) throws -> WeirProcess {
    try WeirProcess(arguments, in: self, environment: environment, shell: shell)
  }
}
