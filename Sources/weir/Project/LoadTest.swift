import Engine
import OrderedJSON
import Runtime
import Synchronization

/// Starts one flow many times and measures.
final class LoadTest: Sendable {
  private let worker: Worker
  private let flow: PreparedFlow
  private let trigger: TriggerEvent
  private let ended = Atomic(0)

  /// How many runs have ended so far.
  var endedCount: Int { ended.load(ordering: .relaxed) }

  init(worker: Worker, flow: PreparedFlow, trigger: TriggerEvent) {
    self.worker = worker
    self.flow = flow
    self.trigger = trigger
  }

  struct Report: Sendable {
    var runs: Int
    var succeeded: Int
    var failed: Int
    var seconds: Double
    var durations: [Double]

    /// The duration below which this share of the runs lies, in seconds.
    private func percentile(_ share: Double) -> Double {
      let sorted = durations.sorted()
      guard !sorted.isEmpty else { return 0 }
      return sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
    }

    /// Source: command line contract, section "Shapes".
    var json: JSON {
      [
        "runs": .integer(Int64(runs)), "succeeded": .integer(Int64(succeeded)),
        "failed": .integer(Int64(failed)), "seconds": .double(seconds),
        "runsPerSecond": .double(Double(runs) / max(seconds, 1e-9)),
        "p50": .double(percentile(0.5)), "p99": .double(percentile(0.99)),
      ]
    }

    var text: String {
      let rate = Int(Double(runs) / max(seconds, 1e-9))
      let milliseconds = [0.5, 0.99].map { (percentile($0) * 10_000).rounded() / 10 }
      return "\(runs) runs: \(succeeded) succeeded, \(failed) failed, "
        + "\((seconds * 1000).rounded() / 1000) s, \(rate) runs/s, "
        + "p50 \(milliseconds[0]) ms, p99 \(milliseconds[1]) ms"
    }
  }

  /// - Throws: `RuntimeFailure` when a run cannot be stored or driven.
  func run(count: Int, concurrency: Int) async throws(RuntimeFailure) -> Report {
    let start = ContinuousClock.now
    var report = Report(runs: count, succeeded: 0, failed: 0, seconds: 0, durations: [])
    report.durations.reserveCapacity(count)
    let outcome = await withTaskGroup(
      of: Result<(RunStatus, Double), RuntimeFailure>.self,
      returning: Result<Report, RuntimeFailure>.self
    ) { group in
      for _ in 0..<min(count, concurrency) { group.addTask { await self.one() } }
      var begun = min(count, concurrency)
      while let result = await group.next() {
        switch result {
        case .failure(let failure): return .failure(failure)
        case .success(let (status, seconds)):
          report.durations.append(seconds)
          ended.add(1, ordering: .relaxed)
          if status == .succeeded { report.succeeded += 1 } else { report.failed += 1 }
        }
        if begun < count {
          begun += 1
          group.addTask { await self.one() }
        }
      }
      return .success(report)
    }
    report = try outcome.get()
    report.seconds = (ContinuousClock.now - start) / .seconds(1)
    return report
  }

  private func one() async -> Result<(RunStatus, Double), RuntimeFailure> {
    let start = ContinuousClock.now
    do throws(RuntimeFailure) {
      let state = try await worker.start(flow, trigger: trigger).end()
      return .success((state.status, (ContinuousClock.now - start) / .seconds(1)))
    } catch {
      return .failure(error)
    }
  }
}
