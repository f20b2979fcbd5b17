import Diagnostics
import Engine
import HTTPMessages
import OrderedJSON
import Runtime

/// Has a server begin the replays of a bulk, one by one, and waits for their ends.
struct ServedReplay: Sendable {
  let server: LocalServer
  let session: Session

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
    let state = try await server.end(of: RunID(id), session)
    return .ended(run: run, replay: RunID(id), state.status)
  }
}
