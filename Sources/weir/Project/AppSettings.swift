import Diagnostics
import Foundation
import OrderedJSON
import Synchronization

/// App settings: the environment, then `.env`, then `local.settings.json`.
final class AppSettings: Sendable {
  private let files: [String: String]
  private let environment: [String: String]
  private let added = Mutex<[String: String]>([:])

  /// Reads the files of a project.
  ///
  /// - Throws: `CommandFailure` with code `A0008` when a file is there but not readable as settings.
  init(_ project: Project, environment: [String: String]) throws(CommandFailure) {
    self.environment = environment
    var values = try Self.localSettings(project)
    for (name, value) in try Self.dotEnv(project) { values[name] = value }
    files = values
  }

  subscript(name: String) -> String? {
    environment[name] ?? files[name] ?? added.withLock { $0[name] }
  }

  /// Sets what nothing else sets.
  func addDefault(_ name: String, _ value: String) {
    added.withLock { $0[name] = value }
  }

  private static func dotEnv(_ project: Project) throws(CommandFailure) -> [String: String] {
    let path = project.root + "/.env"
    guard FileManager.default.fileExists(atPath: path) else { return [:] }
    let bytes = try TextFile.read(path, shownAs: project.shown(path))
    let text = String(decoding: bytes, as: UTF8.self)
    var values: [String: String] = [:]
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      let trimmed = line.trimmingCharacters(in: .whitespaces)
      guard !trimmed.isEmpty, !trimmed.hasPrefix("#") else { continue }
      guard let equals = trimmed.firstIndex(of: "=") else {
        throw invalid(project.shown(path), line: index + 1, "this line is not NAME=value")
      }
      let name = trimmed[..<equals].trimmingCharacters(in: .whitespaces)
      let value = trimmed[trimmed.index(after: equals)...].trimmingCharacters(in: .whitespaces)
      values[name.hasPrefix("export ") ? String(name.dropFirst(7)) : name] = unquoted(value)
    }
    return values
  }

  private static func unquoted(_ value: String) -> String {
    guard value.count >= 2, let quote = value.first, quote == "\"" || quote == "'",
      value.last == quote
    else { return value }
    return String(value.dropFirst().dropLast())
  }

  private static func localSettings(_ project: Project) throws(CommandFailure) -> [String: String] {
    let path = project.root + "/local.settings.json"
    guard FileManager.default.fileExists(atPath: path) else { return [:] }
    let bytes = try TextFile.read(path, shownAs: project.shown(path))
    guard let value = try? JSON(parsing: bytes), let settings = value["Values"]?.objectValue else {
      throw invalid(project.shown(path), line: 1, "the file does not hold {\"Values\": {…}}")
    }
    var values: [String: String] = [:]
    for member in settings.members { values[member.key] = member.value.stringValue }
    return values
  }

  private static func invalid(_ file: String, line: Int, _ why: String) -> CommandFailure {
    let place = SourceLocation(file: file, line: line)
    return CommandFailure([Diagnostic(.invalidSetting, why, location: place)], .invalid)
  }
}
