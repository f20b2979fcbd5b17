import Diagnostics
import Foundation

/// Writes files that must not be there yet: all of them, or none.
struct NewFiles {
  private let project: Project
  private var files: [(path: String, bytes: [UInt8])] = []

  init(_ project: Project) { self.project = project }

  /// Adds a file by its absolute path.
  mutating func add(_ path: String, _ bytes: [UInt8]) { files.append((path, bytes)) }

  /// The paths as the user would write them.
  var shown: [String] { files.map { project.shown($0.path) } }

  /// - Throws: `CommandFailure` with code `I0004` when one is there, `J0003` when one cannot be
  ///   written.
  func write() throws(CommandFailure) {
    let present = files.map(\.path).filter(Self.exists)
    guard present.isEmpty else {
      let problems = present.map { path in
        Diagnostic(
          .alreadyThere,
          "'\(project.shown(path))' is already there; nothing was written",
          hint: "move it away, or name another folder",
          location: SourceLocation(file: project.shown(path))
        )
      }
      throw CommandFailure(problems, .invalid)
    }
    for file in files { try write(file.path, file.bytes) }
  }

  /// Also a link that leads nowhere is there.
  private static func exists(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }

  private func write(_ path: String, _ bytes: [UInt8]) throws(CommandFailure) {
    let url = URL(filePath: path)
    do {
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(),
        withIntermediateDirectories: true
      )
      try Data(bytes).write(to: url, options: .withoutOverwriting)
    } catch {
      throw CommandFailure(
        [
          Diagnostic(
            .unreadableFile,
            "'\(project.shown(path))' cannot be written",
            hint: "check the folder, its permissions and the room on the disk",
            location: SourceLocation(file: project.shown(path))
          )
        ],
        .failure
      )
    }
  }
}
