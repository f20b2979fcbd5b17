import Runtime
import Telemetry

/// Counts what became of the events that an intake takes.
struct CountedIntake: TriggerIntake {
  let intake: any TriggerIntake
  let metrics: Metrics

  func take(_ occurrence: TriggerOccurrence) async throws(RuntimeFailure) -> TriggerReceipt {
    let receipt: TriggerReceipt
    do throws(RuntimeFailure) { receipt = try await intake.take(occurrence) } catch {
      metrics.fires["unsaved"].add(1)
      throw error
    }
    metrics.fires[Self.outcome(receipt)].add(1)
    return receipt
  }

  func prepare(_ flow: ServedFlow) async { await intake.prepare(flow) }

  private static func outcome(_ receipt: TriggerReceipt) -> String {
    switch receipt {
    case .started: "started"
    case .waiting: "waiting"
    case .skipped: "skipped"
    case .failed: "failed"
    case .full: "full"
    case .duplicate: "duplicate"
    }
  }
}
