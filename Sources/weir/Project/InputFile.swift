import Definitions
import Diagnostics
import Foundation
import OrderedJSON

/// Reads JSON that the user hands to a command.
enum InputFile {
  /// The value of a text.
  ///
  /// - Throws: `CommandFailure` with code `J0001` and the place of the defect.
  static func json(_ bytes: [UInt8], file: String) throws(CommandFailure) -> JSON {
    do throws(JSONParseError) {
      return try JSON(parsing: bytes)
    } catch {
      let text = SourceText(file: file, bytes: bytes)
      throw CommandFailure(FlowReader.problems(of: text, error), .invalid)
    }
  }

  /// The value in a file, or on standard input for `-`.
  ///
  /// - Throws: `CommandFailure` when it cannot be read or is no JSON.
  static func json(at path: String, _ project: Project) throws(CommandFailure) -> JSON {
    guard path != "-" else {
      return try json(Array(FileHandle.standardInput.readDataToEndOfFile()), file: "standard input")
    }
    return try json(TextFile.read(project.absolute(path), shownAs: path), file: path)
  }

  /// JSON written on the command line, or `@FILE`.
  ///
  /// - Throws: `CommandFailure` when it cannot be read or is no JSON.
  static func json(argument: String, _ project: Project) throws(CommandFailure) -> JSON {
    if argument.hasPrefix("@") { return try json(at: String(argument.dropFirst()), project) }
    return try json(Array(argument.utf8), file: "argument")
  }
}
