import Connectors
import Definitions
import Engine
import HTTPMessages
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
  let log: RunLog

  func perform(_ request: ActionRequest) async -> AttemptResult {
    let site = site(of: request)
    let start = clock.now()
    let cannotRun = ActionTypes.unsupported.contains(request.action.type)
    let found = book.answer(to: site, nil, cannotRun: cannotRun)
    guard case .answer(let answer, _) = found else {
      if cannotRun { return unanswered(request, site, found) }
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
    case .exchange(let exchange, let after):
      if await wait(after ?? .zero) { outcome = Self.outcome(of: exchange) }
    }
    return result(outcome, of: request, since: start)
  }

  private func result(
    _ outcome: AttemptResult.Outcome,
    of request: ActionRequest,
    since start: Timestamp
  ) -> AttemptResult {
    AttemptResult(
      number: request.attempt,
      startTime: start,
      endTime: clock.now(),
      outcome: outcome
    )
  }

  // MARK: Actions that cannot run here

  /// Fails an action that only a mock could end.
  private func unanswered(_ request: ActionRequest, _ site: CallSite, _ found: MockBook.Found)
    -> AttemptResult
  {
    var call = RunLog.Unanswered(site: site)
    if case .usedUp(let mock) = found { call.usedUp = mock }
    log.note(call)
    let message = "Actions of type '\(request.action.type)' cannot run here, and no mock answers."
    let failure = ActionFailure(code: "ActionTypeNotSupported", message: message)
    return result(.refusal(code: failure.code, failure), of: request, since: clock.now())
  }

  /// What an action ends with whose mock is written as the answer of a service.
  private static func outcome(of exchange: Result<HTTPResponse, TransportFailure>)
    -> AttemptResult.Outcome
  {
    switch exchange {
    case .success(let response):
      let headers = response.headers.fields.map { ($0.name, JSON.string($0.value)) }
      let outputs: JSON = [
        "statusCode": .integer(Int64(response.status)), "headers": .object(JSONObject(headers)),
        "body": MockBody.value(of: response.body, type: response.headers["Content-Type"]),
      ]
      return .response(AttemptResult.Response(statusCode: response.status, outputs: outputs))
    case .failure(let failure):
      let code = "ServiceUnavailable"
      return .refusal(code: code, ActionFailure(code: code, message: failure.message))
    }
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
