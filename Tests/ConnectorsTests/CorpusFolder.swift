import Definitions
import Fixtures
import Foundation

/// Reads connector folders from disk.
enum CorpusFolder {
  static func files(in folder: URL) throws -> ConnectorFiles {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    let definition = names.first { $0.lowercased().hasSuffix(".swagger.json") }
    func file(_ name: String) throws -> ConnectorFiles.File {
      ConnectorFiles.File(
        path: folder.lastPathComponent + "/" + name,
        bytes: try Array(Data(contentsOf: folder.appending(path: name)))
      )
    }
    func optional(_ name: String) throws -> ConnectorFiles.File? {
      try names.first { $0.lowercased() == name.lowercased() }.map(file)
    }
    return ConnectorFiles(
      name: folder.lastPathComponent,
      definition: try file(definition ?? "apiDefinition.swagger.json"),
      properties: try optional("apiProperties.json"),
      runtime: try optional("runtime.json"),
      hasScript: names.contains { $0.lowercased().hasSuffix(".csx") }
    )
  }

  /// Every connector of the reference corpus, when this machine has it.
  static func all() throws -> [ConnectorFiles] {
    guard let root = Fixtures.reference("corpus/connectors") else { return [] }
    var folders: [URL] = []
    for group in try FileManager.default.contentsOfDirectory(atPath: root.path).sorted() {
      let names = try FileManager.default.contentsOfDirectory(
        atPath: root.appending(path: group).path
      )
      folders += names.sorted().map { root.appending(path: group).appending(path: $0) }
    }
    return try folders.map(files)
  }
}
