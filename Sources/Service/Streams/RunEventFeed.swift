import Engine
import OrderedJSON
import Runtime
import Seams
import Timekeeping

/// The events of one run, those that were and those to come, until it ends.
///
/// It reads the journal: each event comes once, in the order in which it became durable, with its
/// place there as its id.
actor RunEventFeed {
  private let run: RunID
  private let worker: Worker
  private let watch: RunWatch
  private var version: Int
  private var isOver = false
  private var greeting = ServerSentEvent.retry

  init(_ run: RunID, after version: Int, worker: Worker, changes: RunChanges) {
    self.run = run
    self.version = version
    self.worker = worker
    // Before the first look at the journal, so that nothing happens unheard in between.
    watch = changes.watch(run)
  }

  /// The pieces of the stream.
  nonisolated var pieces: AsyncStream<[UInt8]> {
    AsyncStream { await self.next() }
  }

  private func next() async -> [UInt8]? {
    guard !isOver, !Task.isCancelled else { return nil }
    if let news = await news() {
      defer { greeting = "" }
      return Array((greeting + news).utf8)
    }
    await watch.signal.wait(
      atMost: ServerSentEvent.heartbeatInterval,
      worker.environment.clock
    )
    guard !Task.isCancelled else { return nil }
    return Array((await news() ?? ServerSentEvent.heartbeat).utf8)
  }

  /// What the journal has beyond what was told; `nil` when there is nothing.
  private func news() async -> String? {
    do throws(RuntimeFailure) {
      let record = try await worker.record(run)
      let plan = try await worker.plan(of: record)
      let events = try await worker.events(of: record, after: version)
      guard !events.isEmpty else { return nil }
      return text(of: events, plan)
    } catch {
      isOver = true
      let problem = Problem(error)
      return ServerSentEvent.text(
        "error",
        data: ["code": .string(problem.code), "message": .string(problem.message)]
      )
    }
  }

  private func text(of events: [RunEvent], _ plan: Plan) -> String {
    var text = ""
    for event in events {
      version += 1
      let data = RunEventDocument.json(event, sequence: version, plan: plan)
      text += ServerSentEvent.text(RunEventCoding.kind(of: event), id: version, data: data)
      if case .runEnded = event { isOver = true }
    }
    return text
  }
}
