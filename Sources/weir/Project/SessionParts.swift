import CommandLineArguments
import AzureSandbox
import Connectors
import Crypto
import CurlTransport
import Diagnostics
import Engine
import Foundation
import HTTPMessages
import HTTPServer
import OrderedJSON
import Runtime
import SQLiteStore
import Seams

/// What a session is made of, before it is wired.
struct SessionParts: Sendable {
  let workspace: Workspace
  var environment: Environment
  private let transport: CurlTransport
  private let sandbox: RunningSandbox?

  /// Opens the data folder, and starts the sandbox when the command asks for it.
  ///
  /// - Throws: `CommandFailure` when the data folder, its key or the sandbox cannot be used.
  static func open(
    _ context: Context,
    transport: CurlTransport? = nil,
    log: Log = .silent,
    onCommit: @escaping SQLiteStore.CommitObserver = { _, _ in },
    onTrouble: @escaping SQLiteStore.TroubleObserver = { _ in }
  ) async throws(CommandFailure) -> SessionParts {
    var workspace = try Workspace(context)
    let sandbox = try startSandbox(context, workspace.settings)
    let entropy = SystemEntropy()
    let store = try openStore(context, workspace.project, entropy, onCommit, onTrouble)
    let vault = try openVault(workspace.project, context, entropy, store)
    let transport = transport ?? openTransport(context)
    let settings = workspace.settings
    let environment = Environment(
      store: store,
      transport: transport,
      clock: SystemClock(),
      entropy: entropy,
      vault: vault,
      log: log,
      digests: .openSSL,
      identity: .ofThisMachine(workspace.project),
      setting: { settings[$0] }
    )
    workspace.storedConnections = try await storedConnections(store)
    return SessionParts(
      workspace: workspace,
      environment: environment,
      transport: transport,
      sandbox: sandbox
    )
  }

  /// Wires everything; a server's worker leaves runs that wait to its roster.
  ///
  /// - Throws: `CommandFailure` when the declared connections cannot be read.
  func session(leavesLongWaits: Bool = false) throws(CommandFailure) -> Session {
    let (workspace, connectors) = (workspace, workspace.connectors)
    let connections = Connections(
      environment: environment,
      declarations: try ConnectionFile.read(workspace.project),
      user: NSUserName(),
      connector: { connectors.connector($0) }
    )
    let batches = Batches(environment: environment)
    let performer = BatchSender(
      base: HTTPPerformer(environment: environment, connections: connections),
      batches: batches,
      environment: environment
    )
    return Session(
      workspace: workspace,
      environment: environment,
      connections: connections,
      performer: performer,
      batches: batches,
      worker: Worker(
        environment: environment,
        performer: performer,
        flows: FlowSupply { name throws(Diagnostic) in try workspace.called(name) },
        leavesLongWaits: leavesLongWaits
      ),
      parts: self
    )
  }

  func close() async {
    await environment.store.close()
    await transport.close()
    await sandbox?.stop()
  }

  // MARK: Parts

  static func openTransport(_ context: Context) -> CurlTransport {
    // The variable that OpenSSL and most tools on it read.
    let file = context.environment["SSL_CERT_FILE"].flatMap { $0.isEmpty ? nil : $0 }
    return CurlTransport(userAgent: "weir/\(Version.current)", certificateFile: file)
  }

  private static func openStore(
    _ context: Context,
    _ project: Project,
    _ entropy: SystemEntropy,
    _ onCommit: @escaping SQLiteStore.CommitObserver,
    _ onTrouble: @escaping SQLiteStore.TroubleObserver
  ) throws(CommandFailure) -> SQLiteStore {
    let settings = try storeSettings(context)
    do throws(StoreFailure) {
      return try SQLiteStore(
        folder: project.data,
        owner: OwnerID(entropy.uuid()),
        settings: settings,
        onCommit: onCommit,
        onTrouble: onTrouble
      )
    } catch {
      throw CommandFailure(error)
    }
  }

  /// What `WEIR_SYNCHRONOUS` says.
  private static func storeSettings(_ context: Context) throws(CommandFailure) -> StoreSettings {
    let word = context.environment["WEIR_SYNCHRONOUS"] ?? ""
    guard !word.isEmpty else { return StoreSettings() }
    let known = StoreSettings.Synchronous.allCases.map(\.rawValue).joined(separator: " or ")
    guard let synchronous = StoreSettings.Synchronous(rawValue: word.lowercased()) else {
      throw CommandFailure(
        .usage,
        "WEIR_SYNCHRONOUS is '\(word)'",
        hint: "set it to \(known), or leave it out",
        exitCode: .usage
      )
    }
    return StoreSettings(synchronous: synchronous)
  }

  private static func storedConnections(_ store: SQLiteStore)
    async throws(CommandFailure) -> [String: String]
  {
    do throws(StoreFailure) {
      // What follows an '@' tells apart the connections of several people under one name.
      let rows = try await store.connections().map { row in
        (String(row.name.prefix { $0 != "@" }), row.connector)
      }
      return Dictionary(rows) { first, _ in first }
    } catch {
      throw CommandFailure(error)
    }
  }

  private static func openVault(
    _ project: Project,
    _ context: Context,
    _ entropy: SystemEntropy,
    _ store: SQLiteStore
  ) throws(CommandFailure) -> AESVault {
    let key = try KeySource(context, project).present(entropy) { () throws(CommandFailure) in
      do throws(StoreFailure) { return try store.sealedSample() } catch {
        throw CommandFailure(error)
      }
    }
    return AESVault(key: key, entropy: entropy)
  }

  private static func startSandbox(_ context: Context, _ settings: AppSettings)
    throws(CommandFailure) -> RunningSandbox?
  {
    guard context.arguments.has("sandbox") else { return nil }
    do throws(Diagnostic) {
      let sandbox = AzureSandbox.local(seed: nil)
      let running = try sandbox.start(on: ListenAddress(host: "127.0.0.1", port: 0))
      for setting in running.settings { settings.addDefault(setting.name, setting.value) }
      return running
    } catch {
      throw CommandFailure([error], .unreachable)
    }
  }
}
