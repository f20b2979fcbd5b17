package import Engine
import OrderedJSON
import Seams
import Synchronization
import Timekeeping

/// Replays many runs, each exactly once, however often it is interrupted and continued.
///
/// Every replay is recorded as intended before the first one begins. The intention is forgotten in
/// the transaction that begins the new run, so what was begun is never begun again.
package struct BulkReplay: Sendable {
  /// What became of one run.
  package enum Outcome: Sendable {
    /// The run that replays it, with its status: at its end, unless nobody waits for that.
    case replayed(run: RunID, replay: RunID, RunStatus)
    case failed(run: RunID, RuntimeFailure)
  }

  /// Has a run of a bulk replayed; `nil` when somebody else was faster.
  package typealias Performer = @Sendable (_ run: RunID, _ bulk: String) async -> Outcome?

  private let replay: RunReplay
  private let environment: Environment
  private let isDetached: Bool
  private let performer: Performer?

  /// When it `isDetached`, whoever takes over the new runs begins their actions; `performer` stands
  /// in for this process, where another one drives the new runs.
  package init(
    replay: RunReplay,
    environment: Environment,
    isDetached: Bool = false,
    performer: Performer? = nil
  ) {
    self.replay = replay
    self.environment = environment
    self.isDetached = isDetached
    self.performer = performer
  }

  // MARK: Intentions

  /// Records that these runs are to be replayed, in this order; returns the name of the bulk.
  ///
  /// - Throws: `RuntimeFailure.store` or `vault`; no replay is intended then, or all are.
  package func intend(_ runs: [RunID], _ order: ResubmissionOrder)
    async throws(RuntimeFailure) -> String
  {
    var bulk = StoredBulk(name: environment.entropy.uuid(), sealedOrder: [])
    bulk.sealedOrder = try seal(order, for: bulk.purpose)
    let intended = bulk
    try await storing { store throws(StoreFailure) in
      try await store.saveBulk(intended, replaying: runs)
    }
    return bulk.name
  }

  /// The bulks of which some replay has not begun, with the number of these.
  ///
  /// - Throws: `RuntimeFailure.store`.
  package func unfinished() async throws(RuntimeFailure) -> [(bulk: String, count: Int)] {
    try await storing { store throws(StoreFailure) in try await store.unfinishedBulks() }
  }

  private func storing<Value>(_ body: (any Store) async throws(StoreFailure) -> Value)
    async throws(RuntimeFailure) -> Value
  {
    do throws(StoreFailure) { return try await body(environment.store) } catch {
      throw .store(error)
    }
  }

  // MARK: Carrying out

  /// Begins what is left of a bulk, and waits for the runs unless it is detached.
  ///
  /// - Parameters:
  ///   - bulk: Its name.
  ///   - interval: At least this long between two beginnings.
  ///   - concurrency: The most runs at a time.
  ///   - report: Hears what became of each run.
  /// - Throws: `RuntimeFailure.store` or `vault` when it cannot be read what is intended; nothing was
  ///   begun then.
  package func carryOut(
    _ bulk: String,
    interval: Duration = .zero,
    concurrency: Int = 50,
    report: @escaping @Sendable (Outcome) -> Void
  ) async throws(RuntimeFailure) {
    let runs = try await storing { store throws(StoreFailure) in
      try await store.intendedReplays(of: bulk)
    }
    // Another process that stands in reads the order by itself.
    let order = performer == nil ? try await order(of: bulk) : nil
    await withTaskGroup(of: Void.self) { group in
      var due = environment.clock.now()
      for (number, run) in runs.enumerated() {
        if number >= concurrency { await group.next() }
        if interval > .zero {
          // The clock may have been set back meanwhile.
          let rest = min(due - environment.clock.now(), interval)
          do { try await environment.clock.pause(for: rest) } catch { return }
          due = environment.clock.now() + interval
        }
        guard !Task.isCancelled else { return }
        let replay = IntendedReplay(bulk: bulk, run: run)
        group.addTask {
          if let outcome = await perform(replay, order) { report(outcome) }
        }
      }
    }
  }

  private func perform(_ replay: IntendedReplay, _ order: ResubmissionOrder?) async -> Outcome? {
    if let performer { return await performer(replay.run, replay.bulk) }
    guard let order else { return nil }
    do throws(RuntimeFailure) {
      guard let driver = try await begin(replay, order, for: nil) else { return nil }
      let state = isDetached ? await driver.current : try await driver.end()
      return .replayed(run: replay.run, replay: driver.run, state.status)
    } catch {
      // What could not be done now is done when the bulk is continued.
      return .failed(run: replay.run, error)
    }
  }

  /// Begins what a bulk intends for a run, on behalf of `user`; `nil` when that was done before.
  ///
  /// - Throws: `RuntimeFailure.unknownRun`, `invalid` or `unreadable` when the run cannot be replayed,
  ///   which withdraws the intention; others when that could not be tried, which does not.
  func begin(_ run: RunID, of bulk: String, for user: String? = nil)
    async throws(RuntimeFailure) -> RunDriver?
  {
    let replay = IntendedReplay(bulk: bulk, run: run)
    let isIntended = try await storing { store throws(StoreFailure) in
      try await store.isIntended(replay)
    }
    guard isIntended, let order = try await order(of: bulk) else { return nil }
    return try await begin(replay, order, for: user)
  }

  private func begin(_ replay: IntendedReplay, _ order: ResubmissionOrder, for user: String?)
    async throws(RuntimeFailure) -> RunDriver?
  {
    do throws(RuntimeFailure) {
      return try await self.replay.start(
        try await self.replay.decide(replay.run, order),
        intention: replay,
        for: user,
        isDetached: isDetached
      )
    } catch {
      switch error {
      case .store(let failure) where failure.kind == .fired: return nil
      case .unknownRun, .invalid, .unreadable:
        // A replay that cannot be prepared does not become possible by trying again.
        _ = try? await environment.store.withdrawReplay(replay)
      case .store, .vault, .ownedElsewhere, .interrupted: break
      }
      throw error
    }
  }

  // MARK: Orders

  private func seal(_ order: ResubmissionOrder, for purpose: String)
    throws(RuntimeFailure) -> [UInt8]
  {
    do throws(VaultFailure) {
      return try environment.vault.seal(ReplayOrderCoding.json(of: order).bytes, for: purpose)
    } catch {
      throw .vault(error)
    }
  }

  /// `nil` when nothing is left to begin.
  private func order(of name: String) async throws(RuntimeFailure) -> ResubmissionOrder? {
    let found = try await storing { store throws(StoreFailure) in try await store.bulk(name) }
    guard let bulk = found else { return nil }
    do throws(VaultFailure) {
      let bytes = try environment.vault.open(bulk.sealedOrder, for: bulk.purpose)
      if let order = (try? JSON(parsing: bytes)).flatMap(ReplayOrderCoding.order) { return order }
    } catch {
      throw .vault(error)
    }
    throw .unreadableBulk
  }
}

extension RuntimeFailure {
  fileprivate static var unreadableBulk: RuntimeFailure {
    let message = "how the runs are to be replayed was recorded in a way that is not known here"
    return .store(StoreFailure(.newerVersion, message, advice: "use the newer program"))
  }
}
