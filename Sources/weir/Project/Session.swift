import Foundation
import Runtime
import Seams
import Service

/// A workspace with its store open and everything wired: what commands on runs and connections use.
struct Session: Sendable {
  let workspace: Workspace
  let environment: Environment
  let connections: Connections
  /// Does what actions ask of the world.
  let performer: any ActionPerformer
  /// What actions send to; only a server opens them.
  let batches: Batches
  let worker: Worker
  let parts: SessionParts

  /// Opens the data folder, and starts the sandbox when the command asks for it.
  ///
  /// - Throws: `CommandFailure` when the data folder, its key or the sandbox cannot be used.
  static func open(_ context: Context) async throws(CommandFailure) -> Session {
    let parts = try await SessionParts.open(context)
    do throws(CommandFailure) { return try parts.session() } catch {
      await parts.close()
      throw error
    }
  }

  /// The server that works on the data folder; `nil` when none does.
  var server: LocalServer? {
    LocalServer(folder: workspace.project.data, transport: environment.transport)
  }

  /// Whether nobody drives the run although it did not end, and no server will wake it either.
  func isInterrupted(_ record: RunRecord) async -> Bool {
    await RunSummary.isInterrupted(
      record,
      environment.store,
      isServed: LocalServer.exists(on: workspace.project.data)
    )
  }

  func close() async { await parts.close() }
}
