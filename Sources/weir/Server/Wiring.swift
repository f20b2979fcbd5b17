import Diagnostics
import Engine
import Foundation
import HTTPMessages
import HTTPServer
import Runtime
import SQLiteStore
import Seams
import Service
import Telemetry
import Timekeeping

/// The parts of a server that know each other.
struct Wiring {
  let session: Session
  let service: Service
  let roster: RunRoster
  /// What works until it is cancelled.
  let tasks: [Task<Void, Never>]

  /// Wires the parts and sets them to work.
  ///
  /// - Throws: `CommandFailure` when the store, or a file that all flows need, cannot be read.
  static func wire(
    _ parts: SessionParts,
    _ options: ServerOptions,
    _ telemetry: ServerTelemetry,
    keys: CallbackKeys,
    addresses: CallbackAddresses,
    runs: RunAddresses,
    base: String
  ) async throws(CommandFailure) -> Wiring {
    let session = try parts.session(leavesLongWaits: true)
    let (environment, worker) = (session.environment, session.worker)
    let metrics = telemetry.metrics
    telemetry.watch(worker)
    if let store = environment.store as? SQLiteStore { telemetry.watch(store) }
    let versions = FlowVersions(workspace: session.workspace, store: environment.store)
    let catalog = FlowCatalog { flow throws(Diagnostic) in try await versions.prepared(flow) }
    let flows = CompiledFlows(catalog: catalog, environment: environment)
    let starter = RunIntake(worker: worker, catalog: catalog, flows: flows)
    let intake = CountedIntake(intake: starter, metrics: metrics)
    let roster = RunRoster(worker: worker)
    let watch = FlowWatch(
      workspace: session.workspace,
      environment: environment,
      catalog: catalog,
      versions: versions,
      connections: session.connections
    )
    await session.batches.open(catalog: catalog, intake: intake)
    let active = ActiveTriggers(
      environment: environment,
      ActiveTriggers.Parts(
        flows: flows,
        intake: intake,
        performer: session.performer,
        connections: session.connections,
        batches: session.batches,
        addresses: addresses,
        base: base
      )
    )
    let book = TriggerBook(
      environment: environment,
      catalog: catalog,
      intake: intake,
      poller: active,
      lateness: { metrics.timerLateness[].observe($0) }
    )
    let receiver = CallbackReceiver(
      CallbackReceiver.Parts(
        worker: worker,
        catalog: catalog,
        flows: flows,
        intake: intake,
        delivery: roster,
        keys: keys,
        runs: runs,
        subscriptions: active
      )
    )
    do throws(StoreFailure) { try await watch.load() } catch { throw CommandFailure(error) }
    do throws(RuntimeFailure) {
      try await active.recover()
      try await book.open()
      try await starter.recover()
    } catch {
      throw CommandFailure(error)
    }
    await roster.start()
    let service = Service(
      ServiceParts(
        environment: environment,
        worker: worker,
        catalog: catalog,
        connections: session.connections,
        intake: intake,
        delivery: roster,
        triggers: book,
        resubmission: RunReplay(
          worker: worker,
          connections: session.connections,
          latest: latest(catalog)
        ),
        addresses: addresses,
        receiver: receiver,
        files: ProjectFlowFiles(workspace: session.workspace, watch: watch),
        reports: telemetry.reports(
          health: { HealthReport() },
          readiness: { await health(environment.store) }
        )
      ),
      settings: settings(options)
    )
    return Wiring(
      session: session,
      service: service,
      roster: roster,
      tasks: [
        Task { await book.run() }, Task { await watch.run() },
        Task { await telemetry.exportTraces() },
      ]
    )
  }

  private static func settings(_ options: ServerOptions) -> ServiceSettings {
    var settings = ServiceSettings()
    settings.isOpenOnLoopback = options.isOpenOnLoopback
    settings.systemUser = NSUserName()
    settings.baseURL = options.publicURL
    settings.version = Version.current
    return settings
  }

  /// Versions in force, for replays that want them.
  private static func latest(_ catalog: FlowCatalog)
    -> @Sendable (String) async throws(RuntimeFailure) -> PreparedFlow
  {
    { name async throws(RuntimeFailure) in
      do throws(Diagnostic) {
        guard let flow = catalog.flow(name), flow.hasVersion else {
          throw Diagnostic(.unknownFlow, "the flow '\(name)' is not served")
        }
        return try await catalog.prepared(flow)
      } catch {
        throw .invalid([error])
      }
    }
  }

  /// Whether the store answers, and whether it can be written.
  private static func health(_ store: any Store) async -> HealthReport {
    var check = HealthReport.Check("store")
    do throws(StoreFailure) { _ = try await store.runs(matching: RunQuery(limit: 1)) } catch {
      check.problem = error.message
    }
    if let store = store as? SQLiteStore {
      await store.retryWriting()
      if let trouble = store.trouble {
        check.problem = [trouble.message, trouble.advice].compactMap(\.self).joined(separator: "; ")
      }
    }
    return HealthReport([check])
  }
}
