import Synchronization
import Engine
import OrderedJSON
import Seams
import Timekeeping

/// Subscriptions that are to be undone: kept until the service knows, across restarts.
extension ActiveTriggers {
  /// Rows of flows with this prefix, which no flow can have, keep what is still to be undone.
  private static let prefix = "/left/"

  /// Undoes a subscription; the intent is durable when this returns.
  ///
  /// - Throws: `RuntimeFailure` when it cannot be written; the subscription stays as it was then.
  func abandon(_ subscription: Subscription) async throws(RuntimeFailure) {
    guard let undoing = subscription.undoing else {
      _ = left.withLock { $0.insert(subscription.id) }
      return
    }
    var row = StoredTrigger(
      flow: Self.prefix + subscription.id,
      trigger: undoing.trigger,
      fingerprint: "",
      enabled: environment.clock.now()
    )
    row.sealed = try TriggerSeal(environment.vault).seal(subscription.json, row)
    do throws(StoreFailure) { try await environment.store.saveTriggers([row]) } catch {
      throw .store(error)
    }
    // Who finds it here does not see to it once more.
    _ = left.withLock { $0.insert(subscription.id) }
    begin(undoing, row)
  }

  /// Goes on with what an earlier process could not undo.
  ///
  /// - Throws: `RuntimeFailure.store` when it cannot be read or written.
  package func recover() async throws(RuntimeFailure) {
    let rows: [StoredTrigger]
    do throws(StoreFailure) { rows = try await environment.store.triggers() } catch {
      throw .store(error)
    }
    let ending = rows.filter { $0.flow.hasPrefix(Self.prefix) }
    guard !ending.isEmpty else { return }
    left.withLock { left in
      for row in ending { left.insert(String(row.flow.dropFirst(Self.prefix.count))) }
    }
    try await release(rows)
    for row in ending {
      let kept = Subscription(TriggerSeal(environment.vault).state(of: row))
      guard let undoing = kept?.undoing else {
        await forget(row)
        continue
      }
      begin(undoing, row)
    }
  }

  /// Lets triggers subscribe anew whose process died before it wrote that they left.
  private func release(_ rows: [StoredTrigger]) async throws(RuntimeFailure) {
    let now = environment.clock.now()
    let released = rows.compactMap { row -> StoredTrigger? in
      guard row.sealed != nil, !row.flow.hasPrefix(Self.prefix),
        let held = Subscription(TriggerSeal(environment.vault).state(of: row)),
        left.withLock({ $0.contains(held.id) })
      else { return nil }
      var row = row
      row.sealed = nil
      row.due = row.due.map { min($0, now) }
      return row
    }
    guard !released.isEmpty else { return }
    do throws(StoreFailure) { try await environment.store.saveTriggers(released) } catch {
      throw .store(error)
    }
  }

  private func begin(_ undoing: Subscription.Undoing, _ row: StoredTrigger) {
    _ = environment.spawn { await self.undo(undoing, row) }
  }

  /// Tries for a day, with longer and longer pauses; for an hour by itself, whatever the clock says.
  private func undo(_ undoing: Subscription.Undoing, _ row: StoredTrigger) async {
    var pause = Duration.seconds(5)
    var waited = Duration.zero
    while await !isUndone(undoing) {
      guard waited < .seconds(3600) || environment.clock.now() < row.enabled + Self.patience else {
        environment.log.write(
          .warning,
          "trigger.stillSubscribed",
          [("flow", undoing.flow), ("trigger", undoing.trigger)]
        )
        break
      }
      do { try await environment.clock.pause(for: pause) } catch { return }
      waited += pause
      pause = min(pause * 2, .seconds(3600))
    }
    await forget(row)
  }

  private static let patience = Duration.seconds(86_400)

  /// Whether nothing is left to do: it was ended, or the service will not hear of it.
  private func isUndone(_ undoing: Subscription.Undoing) async -> Bool {
    switch await parts.performer.perform(undoing.request).outcome {
    case .response(let response): !RetryRule.isRetryable(statusCode: response.statusCode)
    case .failure(_, _, let isTransient): !isTransient
    case .refusal: true
    }
  }

  private func forget(_ row: StoredTrigger) async {
    do throws(StoreFailure) {
      try await environment.store.deleteTriggers(of: row.flow, except: [])
    } catch {
      environment.log.write(.warning, "trigger.unsaved", [("why", "\(error)")])
    }
  }
}
