import Archives
import CommandLineArguments
import Definitions
import Diagnostics
import FlowImporting
import Foundation
import OrderedJSON

extension Command {
  static let flowImport = Command(
    spec: CommandSpec(
      "flow",
      "import",
      summary: "Take in flows of Power Automate, an ARM template or a Logic Apps project",
      positionals: [
        PositionalSpec("FILE", "An exported zip, a template, or the folder of a project")
      ],
      discussion: """
        Writes each flow to flows/NAME.json, and the connections that they need to \
        flows/connections.json, or prints those when that file is there. Says what could not be \
        carried over; never overwrites a file, and never copies the value of a setting or a secret.
        """
    )
  ) { context in
    let workspace = try Workspace(context)
    let word = context.arguments[0] ?? ""
    let files = try importedFiles(word, workspace.project)
    let name = URL(filePath: word).deletingPathExtension().lastPathComponent
    let found = FlowImport(files, name: name, connectors: installedConnectors(workspace))
    guard !found.flows.isEmpty else {
      let place = SourceLocation(file: word)
      let problem = Diagnostic(
        .nothingToImport,
        "there is no flow in '\(word)'",
        hint: "export the flow as a package (.zip), or name the folder of a Logic Apps project",
        location: place
      )
      throw CommandFailure([problem] + found.notes, .invalid)
    }
    let output = ImportOutput(found, workspace)
    try output.write()
    output.show()
    return .success
  }

  private static let importFileLimit = 10_000

  /// The files of an archive or of a folder, or the one file.
  private static func importedFiles(_ word: String, _ project: Project)
    throws(CommandFailure) -> [FlowImport.File]
  {
    let path = project.absolute(word)
    if FlowPackage.isPackage(path) {
      let archive = try FlowPackage.archive(path, shownAs: word)
      var files: [FlowImport.File] = []
      for entry in archive.entries {
        let bytes = try FlowPackage.content(of: entry, in: archive, word)
        files.append(FlowImport.File(path: entry.name, bytes: bytes))
      }
      return files
    }
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue
    else {
      let bytes = try TextFile.read(path, shownAs: word)
      return [FlowImport.File(path: URL(filePath: path).lastPathComponent, bytes: bytes)]
    }
    return try filesOfProject(path, word)
  }

  /// The files of a project's root and of the folders in it, as Logic Apps Standard lays them out.
  private static func filesOfProject(_ root: String, _ word: String)
    throws(CommandFailure) -> [FlowImport.File]
  {
    var files: [FlowImport.File] = []
    let manager = FileManager.default
    for name in ((try? manager.contentsOfDirectory(atPath: root)) ?? []).sorted() {
      guard !name.hasPrefix("."), files.count < importFileLimit else { continue }
      let path = "\(root)/\(name)"
      var isFolder: ObjCBool = false
      guard manager.fileExists(atPath: path, isDirectory: &isFolder) else { continue }
      if !isFolder.boolValue {
        guard name.hasSuffix(".json") else { continue }
        files.append(
          FlowImport.File(path: name, bytes: try TextFile.read(path, shownAs: "\(word)/\(name)"))
        )
      } else if manager.fileExists(atPath: "\(path)/workflow.json") {
        let shown = "\(word)/\(name)/workflow.json"
        let bytes = try TextFile.read("\(path)/workflow.json", shownAs: shown)
        files.append(FlowImport.File(path: "\(name)/workflow.json", bytes: bytes))
      }
    }
    return files
  }

  private static func installedConnectors(_ workspace: Workspace) -> [InstalledConnector] {
    workspace.connectors.names().compactMap { name in
      workspace.connectors.connector(name).map { connector in
        let set = connector.parameterSets.first
        let required = (set?.parameters ?? []).filter { $0.isRequired && $0.oauth == nil }
        return InstalledConnector(name: name, required: required.map(\.key))
      }
    }
  }
}
