import CommandLineArguments
import Diagnostics
import Foundation

/// The folders of a project.
struct Project: Sendable {
  /// The folder that holds `definitions` and `flows`.
  let root: String
  let data: String
  private let workingDirectory: String

  init(_ context: Context) {
    workingDirectory = context.workingDirectory
    let given = context.arguments.value("project") ?? ""
    root = Self.absolute(given, from: context.workingDirectory)
    let data = context.arguments.value("data") ?? context.environment["WEIR_DATA"]
    self.data = data.map { Self.absolute($0, from: context.workingDirectory) } ?? root + "/.weir"
  }

  /// - Throws: `CommandFailure` when the project is no folder.
  func requireFolder() throws(CommandFailure) {
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: root, isDirectory: &isFolder)
    guard !exists || !isFolder.boolValue else { return }
    throw CommandFailure(
      .unreadableFile,
      "the project folder '\(shown(root))' does not exist",
      hint: "name a folder that holds definitions/ and flows/ with --project",
      exitCode: .notFound
    )
  }

  var definitions: String { root + "/definitions" }
  var flows: String { root + "/flows" }

  /// A path that the user gave, from the folder where the command runs.
  func absolute(_ path: String) -> String { Self.absolute(path, from: workingDirectory) }

  /// The path as the user would write it: relative to the working folder when it lies inside.
  func shown(_ path: String) -> String {
    path.hasPrefix(workingDirectory + "/")
      ? String(path.dropFirst(workingDirectory.count + 1)) : path
  }

  private static func absolute(_ path: String, from folder: String) -> String {
    if path.isEmpty || path == "." { return folder }
    return path.hasPrefix("/") ? path : folder + "/" + path
  }
}
