import Definitions
import Engine
import OrderedJSON
import Seams
import Timekeeping

/// Does what is due of one timer, and says where it stands then.
///
/// Each fire and each missed time moves the timer on in its own transaction, so that a crash at any
/// point leaves it where it was or one step further.
struct TimerRound: Sendable {
  struct Outcome: Sendable {
    var stored: StoredTrigger
    /// Why the rest has to be tried again.
    var failure: RuntimeFailure?
    /// The intake has no room for a window now.
    var isFull = false
  }

  let environment: Environment
  let intake: any TriggerIntake
  let flow: ServedFlow
  let trigger: FlowTrigger
  let timer: TimerTrigger
  /// Since when the book has been looking.
  let awake: Timestamp
  let lateness: @Sendable (Duration) -> Void

  func run(_ stored: StoredTrigger) async -> Outcome {
    var outcome = Outcome(stored: stored)
    let now = environment.clock.now()
    guard let series = TimerSeries(timer, enabled: stored.enabled) else {
      outcome.stored.due = nil
      return outcome
    }
    let decision = series.decision(after: stored.last, now: now, awake: awake)
    do throws(RuntimeFailure) {
      if let missed = decision.missed {
        try await record(missed, of: decision, now, &outcome.stored)
      }
      for (index, fire) in decision.fires.enumerated() {
        let next = decision.fires.dropFirst(index + 1).first?.intended ?? decision.due
        guard try await make(fire, next, &outcome.stored) else {
          outcome.isFull = true
          return outcome
        }
      }
      outcome.stored.due = decision.due
    } catch {
      outcome.failure = error
    }
    return outcome
  }

  // MARK: Fires

  /// `false` when a window has to wait for room.
  private func make(_ fire: TimerFire, _ next: Timestamp?, _ stored: inout StoredTrigger)
    async throws(RuntimeFailure) -> Bool
  {
    var advanced = stored
    advanced.last = fire.position
    advanced.due = next
    let occurrence = TriggerOccurrence(
      flow: flow,
      trigger: trigger,
      identity: fire.identity,
      intended: fire.intended,
      outputs: fire.outputs,
      advancing: advanced
    )
    switch try await intake.take(occurrence) {
    case .started, .waiting, .skipped, .failed:
      lateness(environment.clock.now() - fire.intended)
    case .duplicate: break
    case .full:
      guard fire.window == nil else { return false }
      // A backfill may make up for it, under the plain identity.
      try await record(
        entry(fire.intended, identity: "full/\(fire.identity)", code: "TooManyWaitingRuns"),
        advancing: advanced
      )
    }
    stored = advanced
    return true
  }

  // MARK: Missed times

  private func record(
    _ missed: FireSpan,
    of decision: TimerDecision,
    _ now: Timestamp,
    _ stored: inout StoredTrigger
  ) async throws(RuntimeFailure) {
    let next = decision.fires.first?.intended ?? decision.due
    let listed = decision.missedTimes
    for (index, time) in listed.enumerated() {
      stored.last = time
      stored.due = listed.dropFirst(index + 1).first ?? next
      // What fires after all, such as in a backfill, has the plain time as its identity.
      let entry = entry(time, identity: "missed/\(time)", code: "Missed")
      try await record(entry, advancing: stored)
    }
    if listed.isEmpty {
      stored.last = missed.last
      stored.due = next
      var entry = entry(
        missed.last,
        identity: "missed/\(missed.first)/\(missed.last)",
        code: "Missed"
      )
      let message =
        "The timer missed \(missed.count) times from \(missed.first) to \(missed.last)."
      entry.error = JSON.object(["code": "Missed", "message": .string(message)]).text
      try await record(entry, advancing: stored)
    }
    environment.log.write(
      .warning,
      "timer.missed",
      [
        ("flow", flow.name), ("trigger", trigger.name), ("count", "\(missed.count)"),
        ("first", "\(missed.first)"), ("last", "\(missed.last)"),
      ]
    )
  }

  private func entry(_ intended: Timestamp, identity: String, code: String) -> TriggerFire {
    TriggerFire(
      flow: flow.name,
      trigger: trigger.name,
      identity: identity,
      status: .skipped,
      intended: intended,
      actual: environment.clock.now(),
      code: code
    )
  }

  /// An entry that is there already was written by a process that then died, or by another server.
  private func record(_ entry: TriggerFire, advancing stored: StoredTrigger)
    async throws(RuntimeFailure)
  {
    do throws(StoreFailure) {
      _ = try await environment.store.recordFire(entry, advancing: stored, releasing: [])
    } catch {
      throw .store(error)
    }
  }
}
