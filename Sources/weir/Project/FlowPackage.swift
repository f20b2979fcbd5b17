import Diagnostics
import Foundation

/// A Power Automate export that is still packed.
///
/// Source: workflow language reference, section a.2.
enum FlowPackage {
  static func isPackage(_ path: String) -> Bool { path.lowercased().hasSuffix(".zip") }

  /// The definition inside, read with the system's `unzip`.
  ///
  /// - Throws: `CommandFailure` with code `J0003` when there is no `unzip`, or no single definition.
  static func definition(in path: String, shownAs shown: String) throws(CommandFailure) -> [UInt8] {
    guard let unzip = programs.first(where: { FileManager.default.isExecutableFile(atPath: $0) })
    else {
      throw failure(
        shown,
        "is packed, and this machine has no 'unzip'",
        "unpack it and name its folder"
      )
    }
    let names = String(decoding: try run(unzip, ["-Z1", path], shown), as: UTF8.self)
      .split(separator: "\n").filter { $0.hasSuffix("/definition.json") || $0 == "definition.json" }
    guard names.count == 1, let name = names.first else {
      throw failure(
        shown,
        "holds \(names.count) flows where one is expected",
        "unpack it and name the folder of one flow"
      )
    }
    // unzip reads patterns; an exact name needs its brackets taken literally.
    let pattern = name.replacing("[", with: "\\[")
    return try run(unzip, ["-p", path, String(pattern)], shown)
  }

  private static let programs = ["/usr/bin/unzip", "/bin/unzip", "/usr/local/bin/unzip"]

  private static func run(_ program: String, _ arguments: [String], _ shown: String)
    throws(CommandFailure) -> [UInt8]
  {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    do { try process.run() } catch {
      throw failure(shown, "cannot be unpacked", "unpack it and name its folder")
    }
    let data = (try? output.fileHandleForReading.readToEnd()) ?? Data()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw failure(shown, "is no package that 'unzip' can read", "export the flow again")
    }
    return Array(data)
  }

  private static func failure(_ shown: String, _ what: String, _ hint: String) -> CommandFailure {
    CommandFailure(
      [
        Diagnostic(
          .unreadableFile,
          "'\(shown)' \(what)",
          hint: hint,
          location: SourceLocation(file: shown)
        )
      ],
      .invalid
    )
  }
}
