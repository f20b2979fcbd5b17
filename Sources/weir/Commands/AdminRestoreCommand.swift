import CommandLineArguments
import Diagnostics
import Foundation
import OrderedJSON
import SQLiteStore
import Seams
import Timekeeping

extension Command {
  static let adminRestore = Command(
    spec: CommandSpec(
      "admin",
      "restore",
      summary: "Put a backup in the place of the database, which is kept aside",
      positionals: [PositionalSpec("FILE", "What 'weir admin backup' wrote")],
      discussion: """
        Checks the whole backup first, and changes nothing when it is damaged. Works on a data folder \
        that no server and no other command uses. The former database is kept in the folder \
        replaced-1 (2, 3, …) of the data folder, which --data can name to look at it. The key must be \
        the one that was in force when the backup was made.
        """
    )
  ) { context in
    let project = Project(context)
    let path = project.absolute(context.arguments[0] ?? "")
    guard FileManager.default.fileExists(atPath: path) else {
      throw CommandFailure(
        .unreadableFile,
        "there is no file '\(project.shown(path))'",
        hint: "name what 'weir admin backup' wrote",
        exitCode: .notFound
      )
    }
    let content: StoreRestore.Content
    let former: String?
    let folder = try exclusive(project)
    do throws(StoreFailure) {
      (content, former) = try StoreRestore(into: folder).restore(
        path,
        key: KeySource(context, project).path
      )
    } catch {
      throw CommandFailure(error)
    }
    extendLifetime(folder)
    show(content, former.map(project.shown), context)
    if let advice = KeySource(context, project).advice(for: content.sealedSample) {
      context.note("note: \(advice)")
    }
    return .success
  }

  private static func show(_ content: StoreRestore.Content, _ former: String?, _ context: Context) {
    guard !context.wantsJSON else {
      context.print(
        [
          "runs": .integer(Int64(content.runs)),
          "unfinishedRuns": .integer(Int64(content.unfinishedRuns)),
          "newestRun": content.newestRun.map { .string($0.description) } ?? .null,
          "replaced": former.map { .string($0) } ?? .null,
        ] as JSON
      )
      return
    }
    let newest = content.newestRun.map { ", the newest of \($0)" } ?? ""
    context.print("restored \(content.runs) runs\(newest)")
    if let former { context.note("the former database is in '\(former)'") }
    guard content.unfinishedRuns > 0 else { return }
    context.note(
      "\(content.unfinishedRuns) runs had not ended when the backup was made: a server goes on with "
        + "them, and repeats what they have done since; 'weir run cancel' ends them first"
    )
  }
}
