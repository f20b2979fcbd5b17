import Diagnostics
import FlowImporting
import Foundation
import OrderedJSON

/// Writes what an import found, and says what became of it.
struct ImportOutput {
  private let found: FlowImport
  private let workspace: Workspace
  private var files: NewFiles
  /// Entries that their file, which is there already, lacks.
  private var missing: [(file: String, entries: JSONObject)] = []

  init(_ found: FlowImport, _ workspace: Workspace) {
    self.found = found
    self.workspace = workspace
    files = NewFiles(workspace.project)
    let folder = workspace.project.flows
    for flow in found.flows {
      files.add("\(folder)/\(flow.name).json", Self.text(flow.document))
    }
    add(found.connections, to: "\(folder)/connections.json")
    add(found.parameters, to: "\(folder)/parameters.json")
  }

  private static func text(_ document: JSON) -> [UInt8] { Array((document.prettyText + "\n").utf8) }

  private mutating func add(_ entries: JSONObject, to path: String) {
    guard !entries.isEmpty else { return }
    guard FileManager.default.fileExists(atPath: path) else {
      files.add(path, Self.text(.object(entries)))
      return
    }
    let shown = workspace.project.shown(path)
    let present = (try? TextFile.read(path, shownAs: shown)).flatMap { try? JSON(parsing: $0) }
    var rest = JSONObject()
    for member in entries.members
    where present?.objectValue?.value(ignoringCaseOf: member.key) == nil {
      rest[member.key] = member.value
    }
    if !rest.isEmpty { missing.append((shown, rest)) }
  }

  /// - Throws: `CommandFailure` when a file is there already.
  func write() throws(CommandFailure) { try files.write() }

  func show() {
    let context = workspace.context
    guard !context.wantsJSON else {
      context.print(document)
      return
    }
    for path in files.shown { context.print("wrote \(path)") }
    for part in missing {
      context.print("\nto be added to \(part.file), which is there already:")
      context.print(JSON.object(part.entries))
    }
    if !found.notes.isEmpty { context.print("\nnot carried over:") }
    for note in found.notes {
      context.print("  \(note.location?.file ?? ""): \(note.message)")
      if let hint = note.hint { context.print("      \(hint)") }
    }
    context.print("\nnext:")
    context.print("  weir flow validate \(found.flows.map(\.name).joined(separator: " "))")
    for member in found.connections.members {
      context.print("  weir connection test \(member.key)")
    }
  }

  private var document: JSON {
    [
      "flows": .array(found.flows.map { .string($0.name) }),
      "written": .array(files.shown.map { .string($0) }),
      "connections": .object(found.connections),
      "missing": .object(JSONObject(missing.map { ($0.file, .object($0.entries)) })),
      "settings": .array(found.settings.map { .string($0) }),
      "notCarriedOver": .array(found.notes.map(\.json)),
    ]
  }
}
