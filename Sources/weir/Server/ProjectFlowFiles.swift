import Definitions
import Diagnostics
import Foundation
import Runtime
import Seams
import Service

/// The flow files of the project that a server serves.
struct ProjectFlowFiles: FlowFiles {
  let workspace: Workspace
  let watch: FlowWatch

  /// A project that is mounted or owned so that nobody may write there stays as it is.
  var isWritable: Bool { FileManager.default.isWritableFile(atPath: workspace.project.flows) }

  func problems(in document: [UInt8], named name: String) async -> [Diagnostic] {
    let file = workspace.project.shown(path(of: name))
    let (flow, diagnostics) = FlowReader.read(name: name, file: file, bytes: document)
    guard let flow else { return diagnostics }
    do throws(CommandFailure) {
      let references = workspace.references(try ConnectionFile.read(workspace.project))
      return diagnostics + workspace.problems(of: flow, references: references)
    } catch {
      return diagnostics + error.diagnostics
    }
  }

  func save(_ document: [UInt8], named name: String) async throws(Diagnostic) {
    let path = path(of: name)
    guard !FlowPackage.isPackage(path) else {
      throw Self.failure(path, "it is an export that is packed: unpack it first", workspace.project)
    }
    do {
      try Data(document).write(to: URL(filePath: path), options: .atomic)
    } catch {
      throw Self.failure(path, "the file cannot be written", workspace.project)
    }
    await watch.look()
  }

  func delete(_ name: String) async throws(Diagnostic) {
    let path = path(of: name)
    do {
      try FileManager.default.removeItem(atPath: path)
    } catch {
      throw Self.failure(path, "the file cannot be removed", workspace.project)
    }
    await watch.look()
    // A file that is gone for a moment counts as there, as when editors save.
    try? await watch.environment.clock.pause(for: FlowWatch.patience)
    await watch.look()
  }

  /// Where the flow is, or will be.
  private func path(of name: String) -> String {
    let known = workspace.flows.entries().first { $0.name.lowercased() == name.lowercased() }
    return known?.path ?? "\(workspace.project.flows)/\(name).json"
  }

  private static func failure(_ path: String, _ why: String, _ project: Project) -> Diagnostic {
    Diagnostic(
      .unreadableFile,
      "'\(project.shown(path))' cannot be changed: \(why)",
      hint: "check who owns the project's folder, and the space on its disk"
    )
  }
}
