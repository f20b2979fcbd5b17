package import Engine
package import Seams
package import Timekeeping

/// Values for tests of stores.
package enum Samples {
  package static let owner = OwnerID("process-1")
  package static let start = Timestamp(seconds: 1_767_225_600)
  package static let plan = StoredPlan(
    hash: "9f86d081884c7d65",
    flow: "onboard",
    document: Array(#"{"actions":{}}"#.utf8)
  )

  package static func record(
    _ run: RunID,
    flow: String = "onboard",
    status: RunStatus = .running,
    startTime: Timestamp = start,
    owner: OwnerID? = owner
  ) -> RunRecord {
    RunRecord(
      id: run,
      flow: flow,
      planHash: plan.hash,
      status: status,
      startTime: startTime,
      triggerName: "manual",
      triggerType: "Request",
      owner: owner
    )
  }

  package static func trigger(_ name: String, of flow: String = "onboard") -> StoredTrigger {
    StoredTrigger(flow: flow, trigger: name, fingerprint: "9f86d081", enabled: start)
  }

  package static func fire(
    _ identity: String,
    of trigger: String = "tick",
    flow: String = "onboard",
    status: TriggerFire.Status = .succeeded
  ) -> TriggerFire {
    TriggerFire(
      flow: flow,
      trigger: trigger,
      identity: identity,
      status: status,
      intended: start,
      actual: start
    )
  }

  /// Entries with the numbers of `range` as data.
  package static func entries(_ range: ClosedRange<Int>) -> [JournalEntry] {
    range.map { number in
      JournalEntry(
        kind: "actionStarted",
        time: start + .seconds(number),
        data: Array("entry \(number) é🙂".utf8),
        isSealed: number.isMultiple(of: 2)
      )
    }
  }

  /// A new run with one entry.
  package static func creation(
    _ run: RunID,
    record: RunRecord? = nil,
    wakeup: JournalAppend.WakeupChange = .unchanged
  ) -> JournalAppend {
    JournalAppend(
      run: run,
      expectedVersion: 0,
      owner: owner,
      entries: entries(1...1),
      record: record ?? self.record(run),
      plan: plan,
      wakeup: wakeup
    )
  }

  /// One more entry for a run that has `version` of them.
  package static func addition(
    _ run: RunID,
    after version: Int,
    owner: OwnerID = owner,
    record: RunRecord? = nil,
    wakeup: JournalAppend.WakeupChange = .unchanged
  ) -> JournalAppend {
    JournalAppend(
      run: run,
      expectedVersion: version,
      owner: owner,
      entries: entries(version + 1...version + 1),
      record: record,
      wakeup: wakeup
    )
  }
}

/// The kind of failure that `body` ends in; `nil` when it succeeds.
package func failureKind<Value>(_ body: () async throws(StoreFailure) -> Value) async
  -> StoreFailure.Kind?
{
  do throws(StoreFailure) {
    _ = try await body()
    return nil
  } catch {
    return error.kind
  }
}
