import Diagnostics
import Foundation
import OrderedJSON

/// The test files of a project.
struct TestLibrary: Sendable {
  let workspace: Workspace

  /// A test file, or a run that was exported: where it lies and the flow that it is for.
  struct Entry: Sendable {
    var path: String
    /// By its place; the file may name another one.
    var flow: String
  }

  private static let suffix = ".test.json"

  /// All tests beside flows, in the order of their paths.
  func entries() -> [Entry] {
    let folder = workspace.project.flows
    return Self.names(in: folder).flatMap { name in
      name.hasSuffix(Self.suffix)
        ? [entry("\(folder)/\(name)")] : entries(inFlowFolder: "\(folder)/\(name)")
    }
  }

  /// The tests that a word means: a test file, an exported run, a folder of them, or those of a flow.
  ///
  /// - Throws: `CommandFailure` when there is nothing of this name.
  func entries(named word: String) throws(CommandFailure) -> [Entry] {
    let path = workspace.project.absolute(word)
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) {
      if !isFolder.boolValue, isTest(path) { return [entry(path)] }
      let inside = isFolder.boolValue ? entries(inFolder: path) : []
      if !inside.isEmpty { return inside }
    }
    let flow = try workspace.flows.entry(named: word)
    return entries(of: flow)
  }

  /// The tests beside one flow.
  func entries(of flow: FlowLibrary.Entry) -> [Entry] {
    let folder = URL(filePath: flow.path).deletingLastPathComponent().path
    let own = "\(folder)/\(flow.name)\(Self.suffix)"
    if FileManager.default.fileExists(atPath: own) { return [entry(own)] }
    let isAlone = URL(filePath: folder).lastPathComponent == flow.name
    return isAlone ? entries(inFlowFolder: folder) : []
  }

  private func entries(inFolder folder: String) -> [Entry] {
    for folder in [folder + "/flows", folder] {
      let found = Self.names(in: folder).flatMap { name in
        name.hasSuffix(Self.suffix)
          ? [entry("\(folder)/\(name)")] : entries(inFlowFolder: "\(folder)/\(name)")
      }
      if !found.isEmpty { return found }
    }
    return []
  }

  private func entries(inFlowFolder folder: String) -> [Entry] {
    Self.names(in: folder).filter { $0.hasSuffix(Self.suffix) }.map { entry("\(folder)/\($0)") }
  }

  private func entry(_ path: String) -> Entry {
    let url = URL(filePath: path)
    let stem = String(url.lastPathComponent.dropLast(Self.suffix.count))
    let isFixed = ["workflow", "definition"].contains(stem.lowercased())
    return Entry(
      path: path,
      flow: isFixed ? url.deletingLastPathComponent().lastPathComponent : stem
    )
  }

  /// By its name, or because it holds an exported run.
  private func isTest(_ path: String) -> Bool {
    if path.hasSuffix(Self.suffix) { return true }
    guard path.hasSuffix(".json"), let handle = FileHandle(forReadingAtPath: path),
      let start = try? handle.read(upToCount: 200)
    else { return false }
    return String(decoding: start, as: UTF8.self).contains("\"weir.run/")
  }

  private static func names(in folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
  }
}
