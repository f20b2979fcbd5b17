import Connectors
import Engine
import HTTPMessages
import OrderedJSON
import Seams

/// Reports to webhook actions, and questions for the answers of runs.
extension CallbackReceiver {
  /// Hands a report to the action that waits for it; one that comes twice is one.
  ///
  /// Source: workflow language reference, section d.4 (HttpWebhook).
  func report(_ request: HTTPRequest, to address: ActionAddress, of run: RunID)
    async throws(CallbackRefusal) -> HTTPResponse
  {
    let outputs: JSONObject
    do throws(RequestTrigger.Refusal) {
      outputs = try CallbackMessage.outputs(of: request)
    } catch {
      throw .body
    }
    guard let record = try await record(run) else { throw .unknownAddress }
    guard !record.status.isTerminal else { throw .gone }
    try await asking("run \(run)") { () async throws(RuntimeFailure) in
      try await delivery.deliver(.callback(address, .object(outputs)), to: run)
    }
    return HTTPResponse(status: 200)
  }

  /// The answer of a run whose Response is asynchronous, or 202 with the address to ask again.
  ///
  /// Source: workflow language reference, section d.4 (Response).
  func answer(of run: RunID) async throws(CallbackRefusal) -> HTTPResponse {
    guard let record = try await record(run) else { throw .unknownAddress }
    let state = try await asking("run \(run)") { () async throws(RuntimeFailure) in
      try await worker.state(of: record)
    }
    guard state.response != nil || state.status.isTerminal else {
      return RunHeaders.later(runs.answer(run))
    }
    return try response(of: state)
  }

  private func record(_ run: RunID) async throws(CallbackRefusal) -> RunRecord? {
    try await asking("run \(run)") { () async throws(RuntimeFailure) in
      do throws(StoreFailure) { return try await environment.store.run(run) } catch {
        throw .store(error)
      }
    }
  }
}
