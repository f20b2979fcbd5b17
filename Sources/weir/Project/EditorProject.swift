import Definitions
import Diagnostics
import Engine
import Foundation
import LanguageServer
import OrderedJSON
import Runtime
import Seams
import Synchronization

/// The project as an editor's language server sees it: files as they are now, and the last runs.
final class EditorProject: Sendable {
  private let context: Context
  private let workspace: Workspace
  private let cache = Mutex(Cache())

  private struct Cache {
    /// The connectors of connections by name.
    var connections: [String: String] = [:]
    /// Documents of last runs by flow in lower case; null where there is none.
    var runs: [String: JSON] = [:]
  }

  init(_ context: Context) throws(CommandFailure) {
    self.context = context
    workspace = try Workspace(context)
    readConnections(stored: [:])
  }

  var view: LanguageProject {
    LanguageProject(
      connections: { self.cache.withLock(\.connections) },
      connector: { self.workspace.connectors.connector($0) },
      recorded: { self.recorded($0, $1) },
      problems: { TimerForecast(flow: $0, now: SystemClock().now()).problems }
    )
  }

  /// Reads anew what a message may ask about, before it is answered.
  func prepare(for message: JSON) async {
    switch message["method"]?.stringValue {
    case "initialized", "textDocument/didOpen", "textDocument/didSave",
      "workspace/didChangeWatchedFiles":
      workspace.connectors.forget()
      await readStore(flow: nil)
    case "textDocument/hover":
      let uri = message["params"]?["textDocument"]?["uri"]?.stringValue ?? ""
      await readStore(flow: LanguageServer.flowName(uri))
    default: break
    }
  }

  // MARK: Connections

  private func readConnections(stored: [String: String]) {
    let declared = (try? ConnectionFile.read(workspace.project)) ?? []
    let names = Dictionary(declared.map { ($0.name, $0.connector) }) { first, _ in first }
    cache.withLock { $0.connections = names.merging(stored) { _, stored in stored } }
  }

  // MARK: Runs

  private func recorded(_ flow: String, _ action: String) -> JSON? {
    let run = cache.withLock { $0.runs[flow.lowercased()] }
    return run?["actions"]?.arrayValue?.last {
      $0["name"]?.stringValue?.lowercased() == action.lowercased()
    }?["outputs"]
  }

  /// Looks into the data folder, if there is one; nothing is created for the sake of an editor.
  private func readStore(flow: String?) async {
    guard FileManager.default.fileExists(atPath: workspace.project.data),
      let session = try? await Session.open(context)
    else { return readConnections(stored: [:]) }
    readConnections(stored: session.workspace.storedConnections)
    if let flow {
      let last = try? await session.environment.store.runs(matching: RunQuery(flow: flow, limit: 1))
      let document = await document(of: last?.first, session)
      cache.withLock { $0.runs[flow.lowercased()] = document }
    }
    await session.close()
  }

  private func document(of record: RunRecord?, _ session: Session) async -> JSON {
    guard let record, let state = try? await session.state(of: record) else { return .null }
    return RunView.document(state)
  }
}
