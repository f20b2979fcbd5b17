import Diagnostics
import Definitions
import Foundation

/// Reads the files of one connector folder.
///
/// Source: connector format reference, section (a).
enum ConnectorFolder {
  /// The name of the definition: the usual one, or the only other `*.swagger.json`.
  static func definition(in path: String) -> String? {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    let usual = names.first { $0.lowercased() == "apidefinition.swagger.json" }
    let others = names.filter { $0.lowercased().hasSuffix(".swagger.json") }
    return usual ?? (others.count == 1 ? others.first : nil)
  }

  /// - Throws: `CommandFailure` when there is no definition, or a file cannot be read.
  static func read(_ path: String, shownAs shown: String) throws(CommandFailure) -> ConnectorFiles {
    guard let definition = definition(in: path) else {
      throw CommandFailure(
        .unreadableFile,
        "'\(shown)' holds no apiDefinition.swagger.json",
        hint: "name the folder of one connector",
        exitCode: .notFound
      )
    }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    func file(_ name: String) throws(CommandFailure) -> ConnectorFiles.File {
      let bytes = try TextFile.read("\(path)/\(name)", shownAs: "\(shown)/\(name)")
      return ConnectorFiles.File(path: "\(shown)/\(name)", bytes: bytes)
    }
    func optional(_ wanted: String) throws(CommandFailure) -> ConnectorFiles.File? {
      guard let name = names.first(where: { $0.lowercased() == wanted }) else { return nil }
      return try file(name)
    }
    return ConnectorFiles(
      name: URL(filePath: path).lastPathComponent,
      definition: try file(definition),
      properties: try optional("apiproperties.json"),
      runtime: try optional("runtime.json"),
      hasScript: names.contains(where: isScript)
    )
  }

  private static func isScript(_ name: String) -> Bool {
    let lowered = name.lowercased()
    return lowered.hasSuffix(".csx") || lowered == "script.cs"
  }
}
