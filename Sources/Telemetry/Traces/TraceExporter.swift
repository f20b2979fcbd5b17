internal import HTTPMessages
internal import OrderedJSON
package import Seams
internal import Synchronization

/// Sends spans to a collector of OpenTelemetry, in batches and in the background.
///
/// Whoever offers spans never waits: what the collector does not take in time is dropped and
/// counted.
///
/// Source: OpenTelemetry protocol 1.x, section "OTLP/HTTP", with JSON.
package final class TraceExporter: Sendable {
  private let settings: TraceSettings
  private let transport: any HTTPTransport
  private let clock: any Clock
  private let log: Log
  private let metrics: Metrics
  private let version: String
  private let state: Mutex<State>
  private let wakes: AsyncStream<Void>
  private let waker: AsyncStream<Void>.Continuation

  private struct State {
    var queue: TraceQueue
    /// How often in a row the collector could not be reached.
    var failures = 0
    var isExporting = false
  }

  /// After so many failures in a row a batch is given up.
  private static let patience = 3

  /// The events that the exporter logs.
  package enum Event {
    /// Fields: `endpoint`, `why`.
    package static let failing = "traces.failing"
    /// Fields: `endpoint`.
    package static let working = "traces.working"
  }

  package init(
    _ settings: TraceSettings,
    transport: any HTTPTransport,
    clock: any Clock,
    log: Log,
    metrics: Metrics,
    version: String
  ) {
    self.settings = settings
    self.transport = transport
    self.clock = clock
    self.log = log
    self.metrics = metrics
    self.version = version
    state = Mutex(State(queue: TraceQueue(capacity: settings.capacity)))
    (wakes, waker) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  /// Adds spans to what is sent next.
  package func offer(_ spans: [TraceSpan]) {
    let (dropped, isFull) = state.withLock { state in
      (state.queue.add(spans), state.queue.count >= settings.batch)
    }
    if dropped > 0 { metrics.spansDropped[].add(Double(dropped)) }
    if isFull { waker.yield() }
  }

  /// Sends what comes until its task is cancelled.
  package func run() async {
    await withTaskGroup { group in
      group.addTask {
        while (try? await self.clock.pause(for: self.settings.delay)) != nil {
          self.waker.yield()
        }
      }
      for await _ in wakes { await flush() }
      group.cancelAll()
    }
  }

  /// Sends what waits now; returns once it is accepted, given up or put back.
  package func flush() async {
    guard state.withLock({ state in !exchange(&state.isExporting, with: true) }) else { return }
    while true {
      let batch = state.withLock { $0.queue.take(settings.batch) }
      guard !batch.isEmpty, await send(batch) else { break }
    }
    state.withLock { $0.isExporting = false }
  }

  /// Returns whether to go on with the next batch.
  private func send(_ batch: [TraceSpan]) async -> Bool {
    guard let problem = await problem(of: batch) else {
      metrics.spansExported[].add(Double(batch.count))
      let wasFailing = state.withLock { exchange(&$0.failures, with: 0) > 0 }
      if wasFailing { log.write(.info, Event.working, [("endpoint", settings.endpoint)]) }
      return true
    }
    let (failures, dropped) = state.withLock { state -> (Int, Int) in
      state.failures += 1
      let isGivenUp = !problem.isTransient || state.failures >= Self.patience
      return (state.failures, isGivenUp ? batch.count : state.queue.putBack(batch))
    }
    if dropped > 0 { metrics.spansDropped[].add(Double(dropped)) }
    if failures == 1 {
      log.write(
        .warning,
        Event.failing,
        [("endpoint", settings.endpoint), ("why", problem.reason)]
      )
    }
    return false
  }

  private func problem(of batch: [TraceSpan]) async -> (reason: String, isTransient: Bool)? {
    guard
      var request = HTTPRequest(method: "POST", url: settings.endpoint, headers: settings.headers)
    else { return ("the endpoint is no URL", false) }
    request.headers["Content-Type"] = "application/json"
    request.body = document(batch).bytes
    let limits = TransferLimits(
      connectTimeout: settings.timeout,
      totalTimeout: settings.timeout,
      responseByteCount: 1 << 20
    )
    do throws(TransportFailure) {
      let response = try await transport.send(request, limits: limits)
      if response.isSuccess { return nil }
      let isTransient = [429, 502, 503, 504].contains(response.status)
      return ("the collector answered \(response.status)", isTransient)
    } catch {
      return (error.message, error.isTransient)
    }
  }

  private func document(_ batch: [TraceSpan]) -> JSON {
    let resource: JSONObject = [
      "service.name": .string(settings.serviceName),
      "service.version": .string(version),
    ]
    return [
      "resourceSpans": [
        [
          "resource": ["attributes": TraceSpan.attributes(resource)],
          "scopeSpans": [
            [
              "scope": ["name": "weir", "version": .string(version)],
              "spans": .array(batch.map(\.json)),
            ]
          ],
        ]
      ]
    ]
  }
}

/// Sets a value and returns the one before it.
private func exchange<Value>(_ value: inout Value, with new: Value) -> Value {
  defer { value = new }
  return value
}
