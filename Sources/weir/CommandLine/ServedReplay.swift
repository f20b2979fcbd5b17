import Diagnostics
import Engine
import HTTPMessages
import OrderedJSON
import Runtime
import Seams

/// Has a server begin the replays of a bulk, one by one, and waits for their ends unless it is
/// detached.
struct ServedReplay: Sendable {
  let server: LocalServer
  let session: Session
  let isDetached: Bool

  var performer: BulkReplay.Performer {
    { run, bulk in
      do throws(CommandFailure) { return try await replay(run, bulk) } catch {
        return .failed(run: run, .invalid(error.diagnostics))
      }
    }
  }

  private func replay(_ run: RunID, _ bulk: String)
    async throws(CommandFailure) -> BulkReplay.Outcome?
  {
    let order: JSON = ["bulk": .string(bulk)]
    let answer = try await server.ask("POST", "/api/runs/\(run)/resubmit", order)
    // An earlier attempt whose answer was lost, or another process, was faster.
    if answer.code == "ReplayBegun" { return nil }
    guard answer.status < 400, let id = answer.headers["x-ms-workflow-run-id"] else {
      throw CommandFailure(answer)
    }
    return .replayed(run: run, replay: RunID(id), try await status(id))
  }

  private func status(_ id: String) async throws(CommandFailure) -> RunStatus {
    guard !isDetached else { return try await session.run(named: id).status }
    return try await server.end(of: RunID(id), session).status
  }
}
