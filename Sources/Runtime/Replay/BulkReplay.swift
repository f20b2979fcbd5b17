package import Engine
import OrderedJSON
import Seams
import Synchronization
import Timekeeping

/// Replays many runs, each exactly once, however often it is interrupted and continued.
///
/// Every replay is recorded as intended before the first one begins. The entry is settled in the
/// transaction that begins the new run, so what was begun is never begun again.
package struct BulkReplay: Sendable {
  /// The flow under which intended replays stand in the history; no flow can have this name.
  package static let flow = "@replay"

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
  /// - Throws: `RuntimeFailure.store` or `vault`.
  package func intend(_ runs: [RunID], _ order: ResubmissionOrder)
    async throws(RuntimeFailure) -> String
  {
    let bulk = environment.entropy.uuid()
    let now = environment.clock.now()
    let text = ReplayOrderCoding.json(of: order).bytes
    let store = environment.store
    for start in stride(from: 0, to: runs.count, by: 500) {
      var fires: [TriggerFire] = []
      for run in runs[start..<min(start + 500, runs.count)] {
        var fire = TriggerFire(
          flow: Self.flow,
          trigger: bulk,
          identity: run.text,
          status: .waiting,
          intended: now,
          actual: now
        )
        fire.payload = try seal(text, fire)
        fires.append(fire)
      }
      try await record(fires, store)
    }
    return bulk
  }

  /// Together, so that they share a commit.
  private func record(_ fires: [TriggerFire], _ store: any Store)
    async throws(RuntimeFailure)
  {
    do {
      try await withThrowingTaskGroup(of: Void.self) { group in
        for fire in fires {
          group.addTask { _ = try await store.recordFire(fire, advancing: nil, releasing: []) }
        }
        try await group.waitForAll()
      }
    } catch let failure as StoreFailure {
      throw .store(failure)
    } catch {
      throw .store(StoreFailure(.io, "the replays cannot be recorded"))
    }
  }

  /// The bulks of which some replay has not begun, with the number of these.
  ///
  /// - Throws: `RuntimeFailure.store`.
  package func unfinished() async throws(RuntimeFailure) -> [(bulk: String, count: Int)] {
    var found: [(bulk: String, count: Int)] = []
    for fire in try await waiting(nil) {
      if let place = found.firstIndex(where: { $0.bulk == fire.trigger }) {
        found[place].count += 1
      } else {
        found.append((fire.trigger, 1))
      }
    }
    return found
  }

  private func waiting(_ bulk: String?) async throws(RuntimeFailure) -> [TriggerFire] {
    let store = environment.store
    do throws(StoreFailure) {
      return try await store.waitingFires(of: Self.flow, trigger: bulk, limit: .max)
    } catch {
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
  /// - Throws: `RuntimeFailure.store` when the intentions cannot be read.
  package func carryOut(
    _ bulk: String,
    interval: Duration = .zero,
    concurrency: Int = 50,
    report: @escaping @Sendable (Outcome) -> Void
  ) async throws(RuntimeFailure) {
    let fires = try await waiting(bulk)
    await withTaskGroup(of: Void.self) { group in
      var due = environment.clock.now()
      for (number, fire) in fires.enumerated() {
        if number >= concurrency { await group.next() }
        if interval > .zero {
          // The clock may have been set back meanwhile.
          let rest = min(due - environment.clock.now(), interval)
          do { try await environment.clock.pause(for: rest) } catch { return }
          due = environment.clock.now() + interval
        }
        guard !Task.isCancelled else { return }
        group.addTask {
          if let outcome = await perform(fire) { report(outcome) }
        }
      }
    }
  }

  private func perform(_ fire: TriggerFire) async -> Outcome? {
    let run = RunID(fire.identity)
    if let performer { return await performer(run, fire.trigger) }
    do throws(RuntimeFailure) {
      guard let driver = try await begin(fire, for: nil) else { return nil }
      let state = isDetached ? await driver.current : try await driver.end()
      return .replayed(run: run, replay: driver.run, state.status)
    } catch {
      // What the store could not do now is done when the bulk is continued.
      return .failed(run: run, error)
    }
  }

  /// Begins what a bulk intends for a run, on behalf of `user`; `nil` when that was done before.
  ///
  /// - Throws: `RuntimeFailure` when the run cannot be replayed, which settles the intention, or the
  ///   store fails, which does not.
  func begin(_ run: RunID, of bulk: String, for user: String? = nil)
    async throws(RuntimeFailure) -> RunDriver?
  {
    guard let fire = try await intention(run, bulk) else { return nil }
    return try await begin(fire, for: user)
  }

  /// One that was settled since it was read begins nothing.
  private func begin(_ fire: TriggerFire, for user: String?)
    async throws(RuntimeFailure) -> RunDriver?
  {
    let run = RunID(fire.identity)
    do throws(RuntimeFailure) {
      let prepared = try await replay.decide(run, try order(of: fire))
      var begun = fire
      begun.status = .succeeded
      begun.actual = environment.clock.now()
      begun.payload = nil
      return try await replay.start(prepared, fire: begun, for: user, isDetached: isDetached)
    } catch {
      guard case .store(let failure) = error else {
        await settle(fire, after: error)
        throw error
      }
      if failure.kind == .fired { return nil }
      throw error
    }
  }

  private func intention(_ run: RunID, _ bulk: String) async throws(RuntimeFailure) -> TriggerFire?
  {
    var query = FireQuery(flow: Self.flow, trigger: bulk, limit: 1)
    query.identity = run.text
    query.statuses = [.waiting]
    let store = environment.store
    do throws(StoreFailure) { return try await store.fires(matching: query).first } catch {
      throw .store(error)
    }
  }

  /// A replay that cannot be prepared does not become possible by trying again.
  private func settle(_ fire: TriggerFire, after failure: RuntimeFailure) async {
    var settled = fire
    settled.status = .failed
    settled.actual = environment.clock.now()
    settled.code = "NotReplayable"
    settled.payload = nil
    _ = try? await environment.store.settleFire(fire, as: settled)
  }

  // MARK: Orders

  private func seal(_ bytes: [UInt8], _ fire: TriggerFire) throws(RuntimeFailure) -> [UInt8] {
    do throws(VaultFailure) {
      return try environment.vault.seal(bytes, for: Self.purpose(fire))
    } catch {
      throw .vault(error)
    }
  }

  private func order(of fire: TriggerFire) throws(RuntimeFailure) -> ResubmissionOrder {
    do throws(VaultFailure) {
      let bytes = try environment.vault.open(fire.payload ?? [], for: Self.purpose(fire))
      if let order = (try? JSON(parsing: bytes)).flatMap(ReplayOrderCoding.order) { return order }
    } catch {
      throw .vault(error)
    }
    throw .unreadable(RunID(fire.identity), "how it is to be replayed cannot be read")
  }

  private static func purpose(_ fire: TriggerFire) -> String {
    SealPurpose.fire(fire.identity, of: fire.trigger, flow: fire.flow)
  }
}
