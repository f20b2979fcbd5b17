import Diagnostics
import Foundation

/// Reads whole files for commands.
enum TextFile {
  /// The bytes of a file.
  ///
  /// - Throws: `CommandFailure` with code `J0003` when it cannot be read.
  static func read(_ path: String, shownAs shown: String) throws(CommandFailure) -> [UInt8] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw failure("'\(shown)' does not exist", "check the path", shown, .notFound)
    }
    guard !isFolder.boolValue else {
      throw failure("'\(shown)' is a folder", "name a file inside it", shown, .invalid)
    }
    // A handle also reads pipes, which shells hand over as files.
    guard let data = try? FileHandle(forReadingFrom: URL(filePath: path)).readToEnd() ?? Data()
    else {
      throw failure("'\(shown)' cannot be read", "check its permissions", shown, .invalid)
    }
    return Array(data)
  }

  private static func failure(
    _ message: String,
    _ hint: String,
    _ shown: String,
    _ exitCode: ExitCode
  ) -> CommandFailure {
    let place = SourceLocation(file: shown)
    return CommandFailure(
      [Diagnostic(.unreadableFile, message, hint: hint, location: place)],
      exitCode
    )
  }
}
