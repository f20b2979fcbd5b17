import Engine
import OrderedJSON
import Runtime
import Seams
import Timekeeping

/// Runs as they start and end, whatever flow they are of.
actor RunListFeed {
  private let base: String
  private let environment: Environment
  private let watch: RunWatch
  private let changed: ChangedRuns
  private var hasGreeted = false

  init(base: String, environment: Environment, changes: RunChanges) {
    self.base = base
    self.environment = environment
    (watch, changed) = changes.watchAll()
  }

  /// The pieces of the stream.
  nonisolated var pieces: AsyncStream<[UInt8]> {
    AsyncStream { await self.next() }
  }

  private func next() async -> [UInt8]? {
    guard !Task.isCancelled else { return nil }
    guard hasGreeted else {
      hasGreeted = true
      // Who comes back has missed what happened meanwhile, and looks at the list first.
      return Array((ServerSentEvent.retry + ServerSentEvent.text("reset", data: [:])).utf8)
    }
    await watch.signal.wait(atMost: ServerSentEvent.heartbeatInterval, environment.clock)
    guard !Task.isCancelled else { return nil }
    return Array(await news().utf8)
  }

  private func news() async -> String {
    let (runs, isLossy) = changed.take()
    var text = isLossy ? ServerSentEvent.text("reset", data: [:]) : ""
    for run in runs {
      guard let record = (try? await environment.store.run(run)) ?? nil else { continue }
      let document = RunDocument(record: record, base: base).summary
      text += ServerSentEvent.text("run", data: document)
    }
    return text.isEmpty ? ServerSentEvent.heartbeat : text
  }
}
