import CommandLineArguments
import Engine
import Seams
import Timekeeping

extension RunQuery {
  /// What the options `flow`, `status`, `since`, `until` and `limit` select.
  ///
  /// - Throws: `UsageError` when one of them cannot be understood.
  init(_ context: Context, now: Timestamp, limit: Int?) throws(UsageError) {
    let arguments = context.arguments
    self.init(flow: arguments.value("flow"))
    for text in arguments.values("status") {
      guard let status = RunStatus(ignoringCase: text) else {
        let names = RunStatus.allCases.map(\.rawValue).joined(separator: ", ")
        throw UsageError("'--status \(text)' is no status of a run", hint: "use one of \(names)")
      }
      statuses.append(status)
    }
    since = try TimeArgument.time(arguments.value("since"), "since", now: now)
    until = try TimeArgument.time(arguments.value("until"), "until", now: now)
    self.limit = try arguments.integer("limit", in: 1...1_000_000) ?? limit
  }
}
