package import Definitions
package import Engine
import Seams
package import Timekeeping

/// Makes the fires of a timer in a stretch of time that it did not make then.
package struct Backfill: Sendable {
  /// More fires are refused: the stretch is a mistake, or is better filled in parts.
  package static let limit = 100_000

  private let environment: Environment
  private let intake: any TriggerIntake
  private let flow: ServedFlow
  private let trigger: FlowTrigger

  package init(
    environment: Environment,
    intake: any TriggerIntake,
    flow: ServedFlow,
    trigger: FlowTrigger
  ) {
    self.environment = environment
    self.intake = intake
    self.flow = flow
    self.trigger = trigger
  }

  /// The fires intended from a time on through another that were not made, in order; `nil` when the
  /// trigger is no timer.
  ///
  /// What has an entry in the history was made, unless it says that it was missed. A series without
  /// start time begins where it was enabled, or at `start` if that is earlier.
  ///
  /// - Throws: `RuntimeFailure` when the history cannot be read.
  package func missing(from start: Timestamp, through end: Timestamp, enabled: Timestamp?)
    async throws(RuntimeFailure) -> [TimerFire]?
  {
    guard let timer = TimerDecoder.decode(trigger).timer,
      let series = TimerSeries(timer, enabled: min(enabled ?? start, start))
    else { return nil }
    // What is not due yet will fire by itself.
    let last = min(end, environment.clock.now())
    let wanted = series.fires(from: start, through: last, limit: Self.limit + 1)
    guard !wanted.isEmpty else { return [] }
    let query = FireQuery(
      flow: flow.name,
      trigger: trigger.name,
      since: start,
      until: last + Duration(ticks: 1)
    )
    let known: [TriggerFire]
    do throws(StoreFailure) {
      known = try await environment.store.fires(matching: query)
    } catch {
      throw .store(error)
    }
    let identities = Set(known.map(\.identity))
    return wanted.filter { !identities.contains($0.identity) }
  }

  /// Makes one of them; waits as long as the line of its trigger has no room.
  ///
  /// - Throws: `RuntimeFailure` when the store cannot take it.
  package func make(_ fire: TimerFire) async throws(RuntimeFailure) -> TriggerReceipt {
    while true {
      let receipt = try await take(fire)
      guard case .full = receipt else { return receipt }
      do { try await environment.clock.pause(for: .seconds(1)) } catch { return .full }
    }
  }

  /// Makes one of them, if the line of its trigger has room.
  ///
  /// - Throws: `RuntimeFailure` when the store cannot take it.
  package func take(_ fire: TimerFire) async throws(RuntimeFailure) -> TriggerReceipt {
    try await intake.take(
      TriggerOccurrence(
        flow: flow,
        trigger: trigger,
        identity: fire.identity,
        intended: fire.intended,
        outputs: fire.outputs
      )
    )
  }
}
