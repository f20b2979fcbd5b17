import CommandLineArguments
import Definitions
import Diagnostics
import Engine
import Foundation
import OrderedJSON
import Runtime
import Seams
import Timekeeping

extension Command {
  static let triggerList = Command(
    spec: CommandSpec(
      "trigger",
      "list",
      summary: "List the triggers of all flows, their state, and when timers fire next",
      discussion: """
        A flow whose file is wrong keeps its last good version; its triggers are listed as Broken \
        edit. Before a server ran for the first time, a timer without start time counts from now.
        """
    )
  ) { context in
    let project = Project(context)
    guard FileManager.default.fileExists(atPath: project.data) else {
      return try show(TriggerTable(workspace: Workspace(context)), context)
    }
    return try await onSession(context) { session throws(CommandFailure) in
      try show(try await TriggerTable(session), context)
    }
  }

  private static func show(_ table: TriggerTable, _ context: Context) throws(CommandFailure)
    -> ExitCode
  {
    let rows = try table.rows(now: SystemClock().now())
    guard !context.wantsJSON else {
      context.print(.array(rows))
      return .success
    }
    let columns = ["flow", "name", "type", "state", "next", "last"]
    let lines = rows.map { row in columns.map { row[$0]?.shownText ?? "" } }
    context.print(
      TextTable.text(["FLOW", "TRIGGER", "TYPE", "STATE", "NEXT", "LAST"], lines)
    )
    return .success
  }
}
