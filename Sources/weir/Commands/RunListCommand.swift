import CommandLineArguments
import Engine
import OrderedJSON
import Runtime
import Seams
import Service
import Timekeeping

extension Command {
  static let runList = Command(
    spec: CommandSpec(
      "run",
      "list",
      summary: "List runs, newest first",
      options: [
        OptionSpec("flow", "FLOW", "Only runs of this flow"),
        OptionSpec("status", "S", "Only runs of this status", repeats: true),
        OptionSpec("since", "2h|TIMESTAMP", "Started at or after"),
        OptionSpec("until", "2h|TIMESTAMP", "Started before"),
        OptionSpec("limit", "N", "At most this many (default: 50)"),
      ],
      discussion: """
        A run whose process died shows as interrupted; 'weir run wait RUN' takes it over and \
        finishes it.
        """
    )
  ) { context in
    let session = try await Session.open(context)
    let result = await list(session)
    await session.close()
    return try result.get()
  }

  private static func list(_ session: Session) async -> Result<ExitCode, any Error> {
    let context = session.workspace.context
    do {
      let now = session.environment.clock.now()
      let query = try RunQuery(context, now: now, limit: 50)
      let records = try await session.environment.store.runs(matching: query)
      var rows: [JSON] = []
      for record in records {
        let isInterrupted = await session.isInterrupted(record)
        rows.append(RunSummary.json(record, isInterrupted: isInterrupted))
      }
      print(rows, context)
      return .success(.success)
    } catch let failure as StoreFailure {
      return .failure(CommandFailure(failure))
    } catch {
      return .failure(error)
    }
  }

  private static func print(_ rows: [JSON], _ context: Context) {
    guard !context.wantsJSON else {
      context.print(.array(rows))
      return
    }
    let table = rows.map { row in
      [
        row["id"]?.shownText ?? "", row["flow"]?.shownText ?? "",
        row["interrupted"] == true ? "interrupted" : row["status"]?.shownText ?? "",
        String((row["startTime"]?.shownText ?? "").prefix(19)),
        row["error"]?["message"]?.shownText ?? "",
      ]
    }
    context.print(TextTable.text(["RUN", "FLOW", "STATUS", "STARTED", "ERROR"], table))
  }
}
