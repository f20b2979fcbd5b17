internal import Definitions
package import Engine
package import HTTPMessages
package import Seams
internal import Timekeeping

/// Counts, logs and traces what runs do; hears their events from a worker.
package struct RunTelemetry: Sendable {
  private let metrics: Metrics
  private let log: Log
  private let traces: TraceExporter?
  private let digests: Digests

  /// - Parameters:
  ///   - metrics: What counts.
  ///   - log: Where notable events go.
  ///   - traces: Where runs that ended go; `nil` keeps no traces.
  ///   - digests: Identifiers of traces are hashes.
  package init(metrics: Metrics, log: Log, traces: TraceExporter? = nil, digests: Digests) {
    self.metrics = metrics
    self.log = log
    self.traces = traces
    self.digests = digests
  }

  /// Takes an event in, with the state that it led to.
  package func hear(_ event: RunEvent, _ state: RunState) {
    count(event, state)
    for entry in RunLogEntry.entries(for: event, state) {
      log.write(entry.level, entry.event, entry.fields)
    }
    if case .runEnded = event, let traces, let trace = RunTrace(state, hash: digests.sha256) {
      traces.offer(trace.spans)
    }
  }

  private func count(_ event: RunEvent, _ state: RunState) {
    switch event {
    case .runStarted(let start): metrics.runsStarted[start.triggerType].add()
    case .attemptEnded(let end):
      if end.pollLocation == nil { metrics.retries[].add() }
      countWait(end.attempt)
    case .subscribed(let subscription): countWait(subscription.attempt)
    case .actionEnded(let end):
      metrics.stepsEnded[end.status.rawValue].add()
      if let attempt = end.attempt { countWait(attempt) }
    case .runEnded(let end):
      metrics.runsEnded[end.status.rawValue].add()
      if let start = state.started?.time { metrics.runSeconds[].observe(end.time - start) }
    case .carriedOver, .departed, .actionStarted, .actionCarried, .iterationTested, .unsubscribing,
      .unsubscribed, .cancelRequested:
      break
    }
  }

  private func countWait(_ attempt: Attempt) {
    guard attempt.waitedForThrottle > .zero else { return }
    metrics.throttleWait[].observe(attempt.waitedForThrottle)
  }
}
