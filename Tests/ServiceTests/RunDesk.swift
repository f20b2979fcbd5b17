import Definitions
import Engine
import OrderedJSON
import Runtime
import Seams
import Synchronization
import Timekeeping

/// Keeps the drivers of runs, and stands in for the parts of a server that are told what to do.
final class RunDesk: TriggerIntake, RunDelivery, TriggerControl, RunResubmission {
  private let worker: Worker
  private let catalog: FlowCatalog
  private let intake: RunIntake
  private let drivers = Mutex<[RunID: RunDriver]>([:])
  private let receipt = Mutex<TriggerReceipt?>(nil)
  let flows: CompiledFlows

  init(worker: Worker, catalog: FlowCatalog) {
    self.worker = worker
    self.catalog = catalog
    flows = CompiledFlows(catalog: catalog, environment: worker.environment)
    intake = RunIntake(worker: worker, catalog: catalog, flows: flows)
  }

  /// What the next occurrence is answered with, in place of a run.
  func answerNext(_ receipt: TriggerReceipt) { self.receipt.withLock { $0 = receipt } }

  func take(_ occurrence: TriggerOccurrence) async throws(RuntimeFailure) -> TriggerReceipt {
    if let receipt = receipt.withLock({ $0.take() }) { return receipt }
    let receipt = try await intake.take(occurrence)
    if case .started(let started) = receipt { started.forEach(keep) }
    return receipt
  }

  private func keep(_ driver: RunDriver) { drivers.withLock { $0[driver.run] = driver } }

  /// Waits for the end of a run.
  func end(_ run: String) async throws {
    _ = try await drivers.withLock { $0[RunID(run)] }?.end()
  }

  func deliver(_ input: RunInput, to run: RunID) async throws(RuntimeFailure) {
    guard let driver = drivers.withLock({ $0[run] }) else { throw .unknownRun(run) }
    await driver.post(input)
  }

  func setPaused(_ isPaused: Bool, trigger: String, of flow: String)
    async throws(RuntimeFailure)
  {
    let now = worker.environment.clock.now()
    let stored = StoredTrigger(
      flow: flow,
      trigger: trigger,
      fingerprint: "",
      enabled: now,
      isPaused: isPaused,
      due: now + .seconds(60)
    )
    do throws(StoreFailure) {
      try await worker.environment.store.saveTriggers([stored])
    } catch {
      throw .store(error)
    }
  }

  func setEnabled(_ isEnabled: Bool, flow: String) async throws(RuntimeFailure) {
    guard var served = catalog.flow(flow) else { return }
    served.isEnabled = isEnabled
    catalog.put(served)
  }

  func resubmit(_ run: RunID, inBulk bulk: String, for user: String)
    async throws(RuntimeFailure) -> RunID?
  {
    bulk == "done" ? nil : try await resubmit(run, ResubmissionOrder(), for: user)
  }

  func resubmit(_ run: RunID, _ order: ResubmissionOrder, for user: String)
    async throws(RuntimeFailure) -> RunID
  {
    let record = try await worker.record(run)
    guard let flow = catalog.flow(record.flow), let trigger = flow.triggers.first else {
      throw .unknownRun(run)
    }
    guard let prepared = try? await catalog.prepared(flow) else { throw .invalid([]) }
    let event = TriggerEvent(name: trigger.name, type: trigger.type, outputs: [:])
    let origin = RunOrigin(parent: RunRecord.Parent(run: run, mode: "resubmit"))
    let driver = try await worker.start(prepared, trigger: event, origin: origin)
    keep(driver)
    return driver.run
  }
}
