import Diagnostics
import Foundation

/// Writes files that the user asked for.
enum OutputFile {
  /// Replaces the file at a path that the user gave.
  ///
  /// - Throws: `CommandFailure` with code `J0003` when it cannot be written.
  static func write(_ text: String, to path: String, _ project: Project) throws(CommandFailure) {
    do {
      let target = URL(filePath: project.absolute(path))
      try Data(text.utf8).write(to: target, options: .atomic)
    } catch {
      throw CommandFailure(
        .unreadableFile,
        "'\(path)' cannot be written",
        hint: "check the folder and its permissions",
        exitCode: .failure
      )
    }
  }
}
