import CommandLineArguments
import Connectors
import Definitions
import Diagnostics
import Foundation
import OrderedJSON

extension Command {
  static let connectorValidate = Command(
    spec: CommandSpec(
      "connector",
      "validate",
      summary: "Check connector folders: what loads, what can be executed, what is odd",
      positionals: [
        PositionalSpec(
          "PATH",
          "Connector folders, folders of them, or names in definitions/",
          repeats: true
        )
      ]
    ),
    outputs: ["text", "json", "sarif"]
  ) { context in
    let project = Project(context)
    var reports: [ConnectorReport] = []
    for word in context.arguments.positionals {
      var folders = connectorFolders(in: project.absolute(word))
      if folders.isEmpty, !word.contains("/") {
        folders = connectorFolders(in: "\(project.definitions)/\(word)")
      }
      guard !folders.isEmpty else {
        throw CommandFailure(
          .unreadableFile,
          "'\(word)' holds no connector",
          hint: "name a folder with apiDefinition.swagger.json, a folder of such folders, "
            + "or a connector in definitions/",
          exitCode: .notFound
        )
      }
      for folder in folders { reports.append(try report(folder, project)) }
    }
    if context.wantsSARIF {
      context.report(reports.flatMap(\.diagnostics))
    } else if context.wantsJSON {
      context.print(.array(reports.map(\.json)))
    } else {
      show(reports, context)
    }
    return reports.allSatisfy(\.isLoaded) ? .success : .invalid
  }

  private static func report(_ folder: String, _ project: Project) throws(CommandFailure)
    -> ConnectorReport
  {
    let shown = project.shown(folder)
    return ConnectorReport(files: try ConnectorFolder.read(folder, shownAs: shown), path: shown)
  }

  /// The folder itself when it is a connector, else all connector folders below it.
  private static func connectorFolders(in path: String, depth: Int = 0) -> [String] {
    if ConnectorFolder.definition(in: path) != nil { return [path] }
    guard depth < 4 else { return [] }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return names.sorted().flatMap { name -> [String] in
      var isFolder: ObjCBool = false
      let inner = "\(path)/\(name)"
      guard FileManager.default.fileExists(atPath: inner, isDirectory: &isFolder),
        isFolder.boolValue
      else { return [] }
      return connectorFolders(in: inner, depth: depth + 1)
    }
  }

  private static func show(_ reports: [ConnectorReport], _ context: Context) {
    for report in reports {
      context.show(report.diagnostics)
      let state =
        report.isLoaded
        ? "\(report.executable) of \(report.operations) operations executable" : "cannot be loaded"
      context.print("\(report.connector): \(state)")
      for obstacle in report.notExecutable {
        context.print("  \(obstacle.operationID): \(obstacle.reason)")
      }
    }
    let loaded = reports.count { $0.isLoaded }
    let operations = reports.map(\.operations).reduce(0, +)
    let executable = reports.map(\.executable).reduce(0, +)
    context.print(
      "\(loaded) of \(reports.count) connectors load, \(executable) of \(operations) operations executable"
    )
  }
}
