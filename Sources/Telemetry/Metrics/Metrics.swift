package import HTTPMessages
internal import Synchronization

/// Everything that a server counts and measures, defined here and nowhere else.
///
/// Counting costs some tens of nanoseconds and never waits for anybody who reads.
package final class Metrics: Sendable {
  // MARK: Runs

  package let runsStarted = MetricFamily<Figure>.counter(
    "weir_runs_started_total",
    "Runs that started.",
    by: "trigger_type"
  )
  package let runsEnded = MetricFamily<Figure>.counter(
    "weir_runs_ended_total",
    "Runs that ended.",
    by: "status"
  )
  package let runSeconds = MetricFamily<Histogram>.histogram(
    "weir_run_duration_seconds",
    "How long runs took, waiting included.",
    bounds: Bounds.runs
  )
  package let stepsEnded = MetricFamily<Figure>.counter(
    "weir_steps_ended_total",
    "Steps of runs that ended.",
    by: "status"
  )
  package let retries = MetricFamily<Figure>.counter(
    "weir_step_retries_total",
    "Attempts of steps that failed and were followed by another one."
  )
  package let throttleWait = MetricFamily<Histogram>.histogram(
    "weir_throttle_wait_seconds",
    "How long requests waited at the gate of their connection.",
    bounds: Bounds.waits
  )

  package let runsWaiting = MetricFamily<Figure>.gauge(
    "weir_runs_waiting",
    "Runs that wait for a time or a callback."
  )

  // MARK: Triggers

  package let timerLateness = MetricFamily<Histogram>.histogram(
    "weir_timer_lateness_seconds",
    "How long after its intended time a timer fired.",
    bounds: Bounds.latencies
  )
  package let fires = MetricFamily<Figure>.counter(
    "weir_trigger_fires_total",
    "Events of triggers by what became of them.",
    by: "outcome"
  )
  package let triggersWaiting = MetricFamily<Figure>.gauge(
    "weir_triggers_waiting",
    "Triggers with events that wait for a run."
  )

  // MARK: Store

  package let commitSeconds = MetricFamily<Histogram>.histogram(
    "weir_store_commit_seconds",
    "How long transactions of the store took.",
    bounds: Bounds.latencies
  )
  package let commitWrites = MetricFamily<Histogram>.histogram(
    "weir_store_commit_writes",
    "How many writes shared a transaction of the store.",
    bounds: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]
  )
  package let queuedWrites = MetricFamily<Figure>.gauge(
    "weir_store_queued_writes",
    "Writes that wait for the writer of the store."
  )

  // MARK: HTTP

  package let requests = MetricFamily<Figure>.counter(
    "weir_http_requests_total",
    "Requests that were answered.",
    by: "route",
    "method",
    "status"
  )
  package let requestSeconds = MetricFamily<Histogram>.histogram(
    "weir_http_request_duration_seconds",
    "How long requests took to answer.",
    bounds: Bounds.latencies,
    by: "route"
  )
  package let connections = MetricFamily<Figure>.gauge(
    "weir_http_connections",
    "Connections that are open."
  )

  // MARK: Traces

  package let spansExported = MetricFamily<Figure>.counter(
    "weir_trace_spans_exported_total",
    "Spans that a collector of traces accepted."
  )
  package let spansDropped = MetricFamily<Figure>.counter(
    "weir_trace_spans_dropped_total",
    "Spans that no collector of traces accepted in time."
  )

  private let build = MetricFamily<Figure>.gauge(
    "weir_build_info",
    "The version of the program; the value is always 1.",
    by: "version"
  )
  private let updates = Mutex<[@Sendable (Metrics) async -> Void]>([])

  package init(version: String) { build[version].set(1) }

  /// Counts one transaction of the store.
  package func noteCommit(writes: Int, duration: Duration) {
    commitSeconds[].observe(duration)
    commitWrites[].observe(Double(writes))
  }

  /// Counts one answered request; `route` is a pattern such as `/api/runs/{id}`.
  package func noteRequest(route: String, method: String, status: Int, duration: Duration) {
    let method = Self.methods.contains(method) ? method : "other"
    requests[route, method, String(status)].add()
    requestSeconds[route].observe(duration)
  }

  /// Others come from clients that could make up any number of them.
  private static let methods: Set<String> = [
    "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS",
  ]

  /// Adds what brings gauges up to date before somebody reads.
  package func beforeReport(_ update: @escaping @Sendable (Metrics) async -> Void) {
    updates.withLock { $0.append(update) }
  }

  /// All metrics as they stand, those of the process included.
  package func reports() async -> [MetricReport] {
    for update in updates.withLock({ $0 }) { await update(self) }
    return [
      build.report(), runsStarted.report(), runsEnded.report(), runSeconds.report(),
      stepsEnded.report(), retries.report(), throttleWait.report(), timerLateness.report(),
      fires.report(), triggersWaiting.report(), runsWaiting.report(), commitSeconds.report(),
      commitWrites.report(),
      queuedWrites.report(), requests.report(), requestSeconds.report(), connections.report(),
      spansExported.report(), spansDropped.report(),
    ] + ProcessFigures.read().reports
  }

  /// What `/metrics` answers.
  package func response() async -> HTTPResponse {
    HTTPResponse(
      status: 200,
      headers: ["Content-Type": PrometheusText.contentType],
      body: Array(PrometheusText.render(await reports()).utf8)
    )
  }
}

/// Upper bounds of histogram buckets, in seconds.
private enum Bounds {
  static let latencies = [
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60, 600,
  ]
  static let waits = [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 900, 3600]
  static let runs = [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 60, 300, 1800, 3600, 21_600, 86_400, 604_800]
}
