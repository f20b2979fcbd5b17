import Diagnostics
import Engine
import Foundation
import HTTPMessages
import HTTPServer
import Runtime
import Seams
import Service
import Telemetry
import Timekeeping

/// The parts of a server that know each other.
struct Wiring {
  let session: Session
  let service: Service
  let roster: RunRoster
  let book: TriggerBook
  let traces: TraceExporter?
  /// What works until it is cancelled.
  let tasks: [Task<Void, Never>]

  /// Wires the parts and sets them to work.
  ///
  /// - Throws: `CommandFailure` when the store, or a file that all flows need, cannot be read.
  static func wire(
    _ parts: SessionParts,
    _ options: ServerOptions,
    _ metrics: Metrics,
    keys: CallbackKeys,
    addresses: CallbackAddresses,
    runs: RunAddresses,
    base: String
  ) async throws(CommandFailure) -> Wiring {
    let session = try parts.session(leavesLongWaits: true)
    let (environment, worker) = (session.environment, session.worker)
    let traces = try traces(session, metrics)
    let telemetry = RunTelemetry(
      metrics: metrics,
      log: environment.log,
      traces: traces,
      digests: environment.digests
    )
    worker.observe { telemetry.hear($0, $1) }
    let versions = FlowVersions(workspace: session.workspace, store: environment.store)
    let catalog = FlowCatalog { flow throws(Diagnostic) in try await versions.prepared(flow) }
    let flows = CompiledFlows(catalog: catalog, environment: environment)
    let intake = RunIntake(worker: worker, catalog: catalog, flows: flows)
    let roster = RunRoster(worker: worker)
    let watch = FlowWatch(
      workspace: session.workspace,
      environment: environment,
      catalog: catalog,
      versions: versions,
      connections: session.connections
    )
    let book = TriggerBook(
      environment: environment,
      catalog: catalog,
      intake: intake,
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
        runs: runs
      )
    )
    do throws(StoreFailure) { try await watch.load() } catch { throw CommandFailure(error) }
    do throws(RuntimeFailure) {
      try await book.open()
      try await intake.recover()
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
        addresses: addresses,
        receiver: receiver,
        reports: reports(metrics, environment)
      ),
      settings: settings(options)
    )
    return Wiring(
      session: session,
      service: service,
      roster: roster,
      book: book,
      traces: traces,
      tasks: [
        Task { await book.run() }, Task { await watch.run() }, Task { await traces?.run() },
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

  private static func traces(_ session: Session, _ metrics: Metrics) throws(CommandFailure)
    -> TraceExporter?
  {
    let settings: TraceSettings?
    do throws(TraceSettingsError) {
      settings = try TraceSettings(session.workspace.context.environment)
    } catch {
      throw CommandFailure(.invalidSetting, error.message, hint: nil, exitCode: .usage)
    }
    return settings.map { settings in
      TraceExporter(
        settings,
        transport: session.environment.transport,
        clock: session.environment.clock,
        log: session.environment.log,
        metrics: metrics,
        version: Version.current
      )
    }
  }

  private static func reports(_ metrics: Metrics, _ environment: Environment) -> ServiceReports {
    ServiceReports(
      readiness: {
        var check = HealthReport.Check("store")
        do throws(StoreFailure) {
          _ = try await environment.store.runs(matching: .init(limit: 1))
        } catch {
          check.problem = error.message
        }
        return HealthReport([check]).response
      },
      metrics: { await metrics.response() },
      served: {
        metrics.noteRequest(
          route: $0.route,
          method: $0.method,
          status: $0.status,
          duration: $0.duration
        )
      }
    )
  }
}
