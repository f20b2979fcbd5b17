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

/// A running server: everything that it consists of, wired.
struct Server {
  let session: Session
  let options: ServerOptions
  /// Where it listens.
  let address: ListenAddress
  private let claim: FolderClaim
  private let http: HTTPServer
  private let roster: RunRoster
  private let telemetry: ServerTelemetry
  private let tasks: [Task<Void, Never>]

  /// How clients reach it.
  var url: String { "\(options.certificate == nil ? "http" : "https")://\(address)" }

  /// Takes the data folder, and begins to serve.
  ///
  /// - Throws: `CommandFailure` when another server has the folder, or a part cannot be started;
  ///   `UsageError` for an unknown word.
  static func start(_ context: Context, _ options: ServerOptions) async throws -> Server {
    let project = Project(context)
    try project.requireFolder()
    let claim = try claim(project.data)
    let transport = SessionParts.openTransport(context)
    let telemetry = try ServerTelemetry(context, transport: transport, clock: SystemClock())
    let metrics = telemetry.metrics
    var parts = try await SessionParts.open(
      context,
      transport: transport,
      log: telemetry.log,
      onCommit: { metrics.noteCommit(writes: $0, duration: $1) },
      onTrouble: { telemetry.note($0) }
    )
    let front = ServerFront(
      ServiceDoor(
        proxies: options.proxies,
        isLoopback: options.address.isLoopback,
        user: NSUserName()
      )
    )
    let socket = socketPath(project.data)
    let http = try listen(options, socket, front)
    do {
      let base = options.publicURL ?? url(http.address, options)
      let keys = CallbackKeys(environment: parts.environment)
      let addresses = CallbackAddresses(environment: parts.environment, keys: keys)
      let runs = try await running { () async throws(RuntimeFailure) in
        try await addresses.runs(base: base)
      }
      parts.environment.callbackURL = { runs.action($0, $1) }
      parts.environment.traceparent = { telemetry.traceparent($0, $1) }
      let wired = try await Wiring.wire(
        parts,
        options,
        telemetry,
        keys: keys,
        addresses: addresses,
        runs: runs,
        base: base
      )
      claim.announce(
        FolderClaim.Holder(process: getpid(), address: "\(http.address)", socket: socket)
      )
      telemetry.watch(http)
      front.open(wired.service)
      return Server(
        session: wired.session,
        options: options,
        address: http.address,
        claim: claim,
        http: http,
        roster: wired.roster,
        telemetry: telemetry,
        tasks: wired.tasks
      )
    } catch {
      await http.stop(within: .zero)
      await parts.close()
      throw error
    }
  }

  /// Stops taking work, lets requests in flight finish for a while, and leaves the rest to the
  /// journal.
  func stop() async {
    telemetry.log.write(
      .info,
      "server.stopping",
      [("seconds", "\(options.patience.components.seconds)")]
    )
    for task in tasks { task.cancel() }
    let clock = session.environment.clock
    let (roster, http, patience) = (roster, http, options.patience)
    async let runs: Void = roster.stop(by: clock.now() + patience)
    async let requests: Void = http.stop(within: patience)
    _ = await (runs, requests)
    for task in tasks { await task.value }
    await telemetry.flushTraces()
    await session.close()
    extendLifetime(claim)
    telemetry.log.write(.info, "server.stopped")
  }

  // MARK: Parts

  private static func url(_ address: ListenAddress, _ options: ServerOptions) -> String {
    "\(options.certificate == nil ? "http" : "https")://\(address)"
  }

  private static func claim(_ folder: String) throws(CommandFailure) -> FolderClaim {
    do throws(StoreFailure) { return try FolderClaim(folder: folder) } catch {
      throw CommandFailure(error)
    }
  }

  private static func listen(_ options: ServerOptions, _ socket: String, _ front: ServerFront)
    throws(CommandFailure) -> HTTPServer
  {
    var settings = ServerSettings()
    settings.certificate = options.certificate
    settings.socketPath = socket
    settings.proxies = options.proxies
    do throws(Diagnostic) {
      return try HTTPServer(
        on: options.address,
        settings: settings,
        answering: { await front.answer($0, from: $1) }
      )
    } catch {
      throw CommandFailure([error], .unreachable)
    }
  }

  /// In the data folder, unless its path is longer than the system allows for sockets.
  private static func socketPath(_ folder: String) -> String {
    let path = "\(folder)/server.sock"
    return path.utf8.count <= 100 ? path : "/tmp/weir-\(getuid())-\(getpid()).sock"
  }

  private static func running<Value: Sendable>(
    _ body: () async throws(RuntimeFailure) -> Value
  ) async throws(CommandFailure) -> Value {
    do throws(RuntimeFailure) { return try await body() } catch { throw CommandFailure(error) }
  }
}
