import CommandLineArguments
import Definitions
import Diagnostics
import Foundation
import OrderedJSON
import Runtime
import Seams
import Timekeeping

extension Command {
  static let flowList = Command(
    spec: CommandSpec(
      "flow",
      "list",
      summary: "List the flows of the project",
      discussion: """
        A flow whose file is wrong keeps the version that a server last found free of errors; the \
        state then says since when that one is in force.
        """
    )
  ) { context in
    let workspace = try Workspace(context)
    let versions = try await versionsInForce(context, workspace.project)
    var rows: [JSON] = []
    for entry in workspace.flows.entries() {
      rows.append(try summary(of: entry, workspace, since: versions[entry.name.lowercased()]))
    }
    guard !context.wantsJSON else {
      context.print(.array(rows))
      return .success
    }
    let table = rows.map { row in
      ["name", "trigger", "actions", "state"].map { row[$0]?.shownText ?? "" }
    }
    context.print(TextTable.text(["FLOW", "TRIGGER", "ACTIONS", "STATE"], table))
    return .success
  }

  /// Since when a server serves its version of each flow, by name in lower case.
  private static func versionsInForce(_ context: Context, _ project: Project)
    async throws(CommandFailure) -> [String: Timestamp]
  {
    guard FileManager.default.fileExists(atPath: project.data) else { return [:] }
    let session = try await Session.open(context)
    let rows: Result<[StoredFlow], StoreFailure>
    do throws(StoreFailure) {
      rows = .success(try await session.environment.store.flows())
    } catch {
      rows = .failure(error)
    }
    await session.close()
    do throws(StoreFailure) {
      return Dictionary(try rows.get().map { ($0.name.lowercased(), $0.changed) }) { $1 }
    } catch {
      throw CommandFailure(error)
    }
  }

  private static func state(_ errors: Int, _ version: Timestamp?) -> String {
    guard errors > 0 else { return "valid" }
    let count = "\(errors) error\(errors == 1 ? "" : "s")"
    return version.map { "\(count); the version of \($0) stays in force" } ?? count
  }

  private static func summary(
    of entry: FlowLibrary.Entry,
    _ workspace: Workspace,
    since version: Timestamp?
  ) throws(CommandFailure) -> JSON {
    let (flow, _) = try workspace.flows.read(entry)
    let errors = try workspace.problems(of: entry).count { $0.severity == .error }
    return [
      "name": .string(entry.name),
      "path": .string(workspace.project.shown(entry.path)),
      "trigger": .string((flow?.triggers ?? []).map(\.type).joined(separator: ", ")),
      "actions": .integer(Int64(flow?.allActions.count ?? 0)),
      "state": .string(state(errors, version)),
    ]
  }
}

extension JSON {
  /// A scalar as tables show it.
  var shownText: String {
    switch self {
    case .string(let text): text
    case .null: ""
    default: text
    }
  }
}
