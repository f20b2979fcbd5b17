import Archives
import Diagnostics

/// A Power Automate export that is still packed.
///
/// Source: workflow language reference, section a.2.
enum FlowPackage {
  static func isPackage(_ path: String) -> Bool { path.lowercased().hasSuffix(".zip") }

  /// The definition inside.
  ///
  /// - Throws: `CommandFailure` with code `J0003` when it cannot be read, `I0001` when the archive
  ///   cannot, `I0002` when it does not hold one definition.
  static func definition(in path: String, shownAs shown: String) throws(CommandFailure) -> [UInt8] {
    let archive = try archive(path, shownAs: shown)
    let found = archive.entries.filter {
      $0.name.hasSuffix("/definition.json") || $0.name == "definition.json"
    }
    guard found.count == 1, let entry = found.first else {
      throw failure(
        .nothingToImport,
        shown,
        "holds \(found.count) flows where one is expected",
        "'weir flow import' takes in all flows of an archive"
      )
    }
    return try content(of: entry, in: archive, shown)
  }

  /// Opens an archive.
  ///
  /// - Throws: `CommandFailure` with code `J0003` or `I0001`.
  static func archive(_ path: String, shownAs shown: String) throws(CommandFailure) -> ZipArchive {
    let bytes = try TextFile.read(path, shownAs: shown)
    do throws(ArchiveDefect) { return try ZipArchive(bytes) } catch {
      throw failure(.refusedArchive, shown, error.message, "export the flow again")
    }
  }

  /// - Throws: `CommandFailure` with code `I0001`.
  static func content(of entry: ZipArchive.Entry, in archive: ZipArchive, _ shown: String)
    throws(CommandFailure) -> [UInt8]
  {
    do throws(ArchiveDefect) { return try archive.content(of: entry) } catch {
      throw failure(.refusedArchive, shown, error.message, "export the flow again")
    }
  }

  private static func failure(
    _ code: DiagnosticCode,
    _ shown: String,
    _ what: String,
    _ hint: String
  ) -> CommandFailure {
    let place = SourceLocation(file: shown)
    return CommandFailure(
      [Diagnostic(code, "'\(shown)' \(what)", hint: hint, location: place)],
      .invalid
    )
  }
}
