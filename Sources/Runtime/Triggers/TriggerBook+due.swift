import Engine
import Seams
import Timekeeping

extension TriggerBook {
  /// Begins to see to what is due, earliest first, as long as there is room.
  func beginDue(_ now: Timestamp) {
    while hasRoom, let key = held.takeFirst(dueBy: now) {
      if let row = held.row(key) { begin(key, row) }
    }
  }

  private func begin(_ key: Int32, _ row: StoredTrigger) {
    guard let flow = catalog.flow(row.flow), flow.isEnabled, !row.isPaused,
      flow.served(named: row.trigger) != nil
    else { return }
    held.claim(key)
    noteBegun()
    let ahead = ready.take(key, row.trigger, of: flow)
    let awake = watched.awake
    _ = environment.spawn { await self.act(key, row, ahead, flow, awake) }
  }

  /// Outside of the actor, so that many are decoded and decided at once.
  private nonisolated func act(
    _ key: Int32,
    _ row: StoredTrigger,
    _ ahead: ReadyTrigger?,
    _ flow: ServedFlow,
    _ awake: Timestamp
  ) async {
    var next = row
    guard let ready = ahead ?? ReadyTrigger(row.trigger, of: flow) else {
      next.due = nil
      return await finish(key, TimerRound.Outcome(stored: next))
    }
    if let timer = ready.timer {
      let round = TimerRound(
        environment: environment,
        intake: intake,
        flow: flow,
        trigger: ready.trigger,
        timer: timer,
        awake: awake,
        lateness: lateness
      )
      return await finish(key, await round.run(row))
    }
    if let poller {
      let due = await poller.poll(ready.trigger, of: flow, row)
      // The poller wrote more into the row than it returns.
      next = await written(row)
      // When a clock that was set back made it begin anew is not written with where it stands.
      next.enabled = min(next.enabled, row.enabled)
      next.due = due
    } else {
      next.due = nil
    }
    await finish(key, TimerRound.Outcome(stored: next))
  }

  /// The row as the store has it, once that can be read.
  ///
  /// Whoever went on from an older one would take in again what it took in, or forget what it keeps
  /// in the world.
  private nonisolated func written(_ row: StoredTrigger) async -> StoredTrigger {
    while await !isClosing {
      do throws(StoreFailure) {
        return try await environment.store.trigger(row.trigger, of: row.flow) ?? row
      } catch {
        logDelay(of: row, "\(error)")
      }
      guard (try? await environment.clock.pause(for: .seconds(1))) != nil else { break }
    }
    return row
  }

  private func finish(_ key: Int32, _ outcome: TimerRound.Outcome) {
    held.change(key, to: setBack(outcome.stored))
    if let failure = outcome.failure {
      retry(key, outcome.stored, failure)
    } else if outcome.isFull {
      held.release(key)
      schedule(key, environment.clock.now() + .seconds(10))
    } else {
      held.forgetFailures(key)
      release(key)
    }
    resumeWaiters(for: key)
    noteEnded()
  }

  /// The store could not take it: the time that was due stays due.
  private func retry(_ key: Int32, _ row: StoredTrigger, _ failure: RuntimeFailure) {
    let pause = held.noteFailure(key)
    held.release(key)
    if !isClosing { schedule(key, environment.clock.now() + pause) }
    logDelay(of: row, "\(failure)")
  }

  private nonisolated func logDelay(of row: StoredTrigger, _ why: String) {
    environment.log.write(
      .error,
      "trigger.delayed",
      [("flow", row.flow), ("trigger", row.trigger), ("why", why)]
    )
  }
}
