import Connectors
import Definitions
import Engine
import OrderedJSON
import Runtime
import Seams
import Simulation
import Timekeeping

/// Ends actions whose mock takes their place; everything else is performed as in production, over
/// the transport of the mocks.
struct MockPerformer: ActionPerformer {
  let base: any ActionPerformer
  let book: MockBook
  let clock: SimulatedClock
  let connections: Connections
  let callbacks: CallbackDesk

  func perform(_ request: ActionRequest) async -> AttemptResult {
    let site = site(of: request)
    let start = clock.now()
    guard case .answer(let answer, _) = book.answer(to: site, nil) else {
      let result = await CallSite.$current.withValue(site) { await base.perform(request) }
      subscribe(request, site, result)
      return result
    }
    var outcome = AttemptResult.Outcome.failure(
      code: "Cancelled",
      message: "the action was cancelled",
      isTransient: false
    )
    switch answer {
    case .outputs(let status, let outputs, let after):
      if await wait(after) {
        outcome = .response(AttemptResult.Response(statusCode: status, outputs: outputs))
      }
    case .failure(let code, let message, let after):
      if await wait(after) {
        outcome = .refusal(code: code, ActionFailure(code: code, message: message))
      }
    case .exchange: break
    }
    return AttemptResult(
      number: request.attempt,
      startTime: start,
      endTime: clock.now(),
      outcome: outcome
    )
  }

  private func subscribe(_ request: ActionRequest, _ site: CallSite, _ result: AttemptResult) {
    guard case .webhook = request.action.step, request.purpose == .call,
      case .response(let response) = result.outcome, (200..<300).contains(response.statusCode),
      let callback = book.callback(for: site)
    else { return }
    callbacks.order(callback, to: request.address, of: request.run)
  }

  private func wait(_ duration: Duration) async -> Bool {
    guard duration > .zero else { return true }
    return (try? await clock.sleep(until: clock.now() + duration)) != nil
  }

  private func site(of request: ActionRequest) -> CallSite {
    var site = CallSite(
      flow: request.flow,
      action: request.action.name,
      indices: request.address.indices,
      inputs: request.inputs
    )
    guard let host = HostReference(inputs: request.inputs) else { return site }
    let name = connections.declaration(host.connection)?.connector
    site.connector = name
    site.operation = host.operation
    if host.operation == nil, let connector = name.flatMap(connections.connector) {
      let call = PathCall(inputs: request.inputs)
      site.operation = (try? OperationMatcher.match(call, in: connector))?.operation.id
    }
    return site
  }
}
