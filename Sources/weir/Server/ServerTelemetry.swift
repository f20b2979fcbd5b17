import CommandLineArguments
import Crypto
import Diagnostics
package import Engine
import HTTPMessages
package import HTTPServer
package import Runtime
package import SQLiteStore
package import Seams
package import Service
package import Telemetry

/// What watches over a server: its log, its figures and its traces.
package struct ServerTelemetry: Sendable {
  package let log: Log
  package let metrics: Metrics
  private let traces: TraceExporter?

  /// What `init` reads from the words of a command.
  static let options = [
    OptionSpec("log", "text|json", "How to log on the error stream (default: text)"),
    OptionSpec("log-level", "LEVEL", "What to log: debug, info (default), warning or error"),
  ]

  /// Reads the options of the log, and the variables of OpenTelemetry.
  ///
  /// - Throws: `UsageError` for an unknown word, `CommandFailure` A0020 for a variable.
  package init(_ context: Context, transport: any HTTPTransport, clock: any Clock) throws {
    let formats = LogFormat.allCases.map(\.rawValue)
    let format = try context.arguments.choice("log", of: formats) ?? "text"
    let levels = ["debug", "info", "warning", "error"]
    let level = try context.arguments.choice("log-level", of: levels) ?? "info"
    let sink = LogSink(format: LogFormat(rawValue: format) ?? .text, clock: clock)
    let log = sink.log(from: Log.Level(rawValue: level) ?? .info)
    let metrics = Metrics(version: Version.current)
    self.log = log
    self.metrics = metrics
    do throws(Diagnostic) {
      traces = try TraceSettings(context.environment).map { settings in
        TraceExporter(
          settings,
          transport: transport,
          clock: clock,
          log: log,
          metrics: metrics,
          version: Version.current
        )
      }
    } catch {
      throw CommandFailure([error], .usage)
    }
  }

  /// Sends traces until its task is cancelled; returns at once when nobody wants any.
  package func exportTraces() async { await traces?.run() }

  /// Sends what is left when the server stops.
  package func flushTraces() async { await traces?.flush() }
}

/// Who tells the figures.
extension ServerTelemetry {
  /// Counts, logs and traces every run that a worker drives.
  package func watch(_ worker: Worker) {
    let runs = RunTelemetry(metrics: metrics, log: log, traces: traces, digests: .openSSL)
    worker.observe { event, state in runs.hear(event, state) }
  }

  /// The `traceparent` field of what a step sends; `nil` when nobody wants traces.
  package func traceparent(_ state: RunState, _ address: ActionAddress) -> String? {
    guard traces != nil, let trace = RunTrace(state, hash: Digests.openSSL.sha256) else {
      return nil
    }
    return trace.context(of: address).traceparent
  }

  /// Asks a store, whenever somebody reads the figures.
  package func watch(_ store: SQLiteStore) {
    metrics.beforeReport { metrics in
      metrics.queuedWrites[].set(Double(store.queuedWrites))
      let waiting = RunQuery(statuses: [.waiting], limit: Self.countedRuns)
      if let runs = try? await store.runs(matching: waiting) {
        metrics.runsWaiting[].set(Double(runs.count))
      }
      if let triggers = try? await store.waitingTriggers() {
        metrics.triggersWaiting[].set(Double(triggers.count))
      }
    }
  }

  /// More would make the reading of figures a burden.
  private static let countedRuns = 10_000

  /// Logs when the store begins to fail, what to do about it, and when it works again.
  package func note(_ trouble: StoreFailure?) {
    guard let trouble else { return log.write(.info, "store.working") }
    log.write(
      .error,
      "store.failing",
      [("why", trouble.message), ("advice", trouble.advice ?? "")]
    )
  }

  package func watch(_ server: HTTPServer) {
    metrics.beforeReport { $0.connections[].set(Double(server.connectionCount)) }
  }

  /// What a service shows of all this.
  ///
  /// `health` tells whether the process works, `readiness` whether it takes work.
  package func reports(
    health: @escaping @Sendable () async -> HealthReport,
    readiness: @escaping @Sendable () async -> HealthReport
  ) -> ServiceReports {
    let metrics = metrics
    return ServiceReports(
      health: { await health().response },
      readiness: { await readiness().response },
      metrics: { await metrics.response() },
      served: { request in
        metrics.noteRequest(
          route: request.route,
          method: request.method,
          status: request.status,
          duration: request.duration
        )
      }
    )
  }
}
