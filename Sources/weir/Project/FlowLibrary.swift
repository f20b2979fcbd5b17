import Definitions
import Diagnostics
import Foundation

/// The flows of a project.
struct FlowLibrary: Sendable {
  let project: Project

  /// A flow file: its name and where it lies.
  struct Entry: Sendable {
    var name: String
    var path: String
  }

  /// All flows: `flows/<name>.json` and `flows/<name>/workflow.json` or `definition.json`, by name.
  func entries() -> [Entry] { Self.entries(in: project.flows) }

  private static func entries(in folder: String) -> [Entry] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.sorted().compactMap { entry($0, in: folder) }
  }

  private static func entry(_ name: String, in folder: String) -> Entry? {
    let path = "\(folder)/\(name)"
    if name.hasSuffix(".json") {
      let stem = String(name.dropLast(5))
      let isFlow = !otherFiles.contains(name) && !stem.hasSuffix(".test")
      return isFlow ? Entry(name: stem, path: path) : nil
    }
    return definition(inFolder: path).map { Entry(name: name, path: $0) }
  }

  private static let otherFiles: Set<String> = ["connections.json", "parameters.json", "host.json"]

  /// The flows that a word on the command line means: those of a folder, or one as `entry(named:)`.
  ///
  /// - Throws: `CommandFailure` when there is none.
  func entries(named word: String) throws(CommandFailure) -> [Entry] {
    let path = project.absolute(word)
    for folder in [path + "/flows", path]
    where Self.definition(inFolder: path) == nil {
      let found = Self.entries(in: folder)
      if !found.isEmpty { return found }
    }
    return [try entry(named: word)]
  }

  /// The flow that a word on the command line means: a path or a name.
  ///
  /// - Throws: `CommandFailure` when there is no such flow.
  func entry(named word: String) throws(CommandFailure) -> Entry {
    let path = project.absolute(word)
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) {
      if let file = isFolder.boolValue ? Self.definition(inFolder: path) : path {
        return Entry(name: Self.name(file), path: file)
      }
    }
    let known = entries()
    if let match = known.first(where: { $0.name.lowercased() == word.lowercased() }) {
      return match
    }
    throw unknown(word, known.map(\.name))
  }

  private func unknown(_ word: String, _ names: [String]) -> CommandFailure {
    let looksLikePath = word.contains("/") || word.hasSuffix(".json")
    if looksLikePath {
      return CommandFailure(
        .unreadableFile,
        "'\(word)' does not exist",
        hint: "check the path",
        exitCode: .notFound
      )
    }
    let nearest = NearestName.suggestion(for: word, among: names)
    return CommandFailure(
      .unknownFlow,
      "there is no flow '\(word)' in '\(project.shown(project.flows))'",
      hint: nearest.map { "did you mean '\($0)'?" } ?? "'weir flow list' shows the flows",
      exitCode: .notFound
    )
  }

  /// What a folder of Logic Apps Standard, or of a Power Automate export, calls its flow.
  private static let fileNames = ["workflow.json", "definition.json"]

  private static func definition(inFolder folder: String) -> String? {
    fileNames.map { "\(folder)/\($0)" }
      .first { FileManager.default.fileExists(atPath: $0) }
  }

  private static func name(_ path: String) -> String {
    let url = URL(filePath: path)
    if fileNames.contains(url.lastPathComponent.lowercased()) {
      return url.deletingLastPathComponent().lastPathComponent
    }
    return url.deletingPathExtension().lastPathComponent
  }

  /// Reads one flow; the flow is `nil` when the file holds none.
  ///
  /// - Throws: `CommandFailure` when the file cannot be read.
  func read(_ entry: Entry) throws(CommandFailure) -> (flow: Flow?, diagnostics: [Diagnostic]) {
    FlowReader.read(name: entry.name, file: project.shown(entry.path), bytes: try bytes(of: entry))
  }

  /// Reads one flow for its problems: of a text that is not JSON, what can be read.
  ///
  /// - Throws: `CommandFailure` when the file cannot be read.
  func inspect(_ entry: Entry) throws(CommandFailure) -> (flow: Flow?, diagnostics: [Diagnostic]) {
    FlowReader.inspect(
      name: entry.name,
      file: project.shown(entry.path),
      bytes: try bytes(of: entry)
    )
  }

  private func bytes(of entry: Entry) throws(CommandFailure) -> [UInt8] {
    let shown = project.shown(entry.path)
    return FlowPackage.isPackage(entry.path)
      ? try FlowPackage.definition(in: entry.path, shownAs: shown)
      : try TextFile.read(entry.path, shownAs: shown)
  }
}
