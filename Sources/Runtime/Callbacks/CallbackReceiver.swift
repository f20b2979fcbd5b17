import Connectors
import Definitions
import Engine
package import HTTPMessages
import OrderedJSON
import Seams
import Timekeeping

/// Takes requests at signed addresses: calls of triggers, reports to webhooks, questions for answers.
///
/// Whatever it accepts is durable before it answers.
///
/// Source: workflow language reference, sections e.3, e.5 and (g).
package final class CallbackReceiver: Sendable {
  let environment: Environment
  let worker: Worker
  let catalog: FlowCatalog
  let flows: CompiledFlows
  let intake: any TriggerIntake
  let delivery: any RunDelivery
  let keys: CallbackKeys
  let runs: RunAddresses
  let subscriptions: (any SubscriptionRegister)?
  /// How long a caller is kept waiting for a Response.
  let patience: Duration

  /// What the receiver hands requests to.
  package struct Parts: Sendable {
    package var worker: Worker
    package var catalog: FlowCatalog
    package var flows: CompiledFlows
    package var intake: any TriggerIntake
    package var delivery: any RunDelivery
    package var keys: CallbackKeys
    package var runs: RunAddresses
    /// Knows which subscriptions of triggers are in force.
    package var subscriptions: (any SubscriptionRegister)?

    package init(
      worker: Worker,
      catalog: FlowCatalog,
      flows: CompiledFlows,
      intake: any TriggerIntake,
      delivery: any RunDelivery,
      keys: CallbackKeys,
      runs: RunAddresses,
      subscriptions: (any SubscriptionRegister)? = nil
    ) {
      self.worker = worker
      self.catalog = catalog
      self.flows = flows
      self.intake = intake
      self.delivery = delivery
      self.keys = keys
      self.runs = runs
      self.subscriptions = subscriptions
    }
  }

  package init(_ parts: Parts, patience: Duration = .seconds(235)) {
    environment = parts.worker.environment
    worker = parts.worker
    catalog = parts.catalog
    flows = parts.flows
    intake = parts.intake
    delivery = parts.delivery
    keys = parts.keys
    runs = parts.runs
    subscriptions = parts.subscriptions
    self.patience = patience
  }

  /// Whether a path is one of a signed address, which needs no token.
  package static func handles(_ path: String) -> Bool { CallbackPath(path) != nil }

  /// Answers a request at any address; one that nothing is behind gets a 404.
  package func receive(_ request: HTTPRequest) async -> HTTPResponse {
    do throws(CallbackRefusal) {
      let path = request.path
      switch CallbackPath(path) {
      case .trigger(let flow, let name, let rest):
        return try await call(flow, name, rest, request)
      case .action(let run, let place, let indices):
        try check(request, path)
        return try await report(
          request,
          to: ActionAddress(action: place, indices: indices),
          of: RunID(run)
        )
      case .answer(let run):
        try check(request, path)
        return try await answer(of: RunID(run))
      case nil: throw .unknownAddress
      }
    } catch {
      return error.response
    }
  }

  private func check(_ request: HTTPRequest, _ path: String) throws(CallbackRefusal) {
    guard let signature = QueryItem.parse(request.query).first(where: { $0.name == "sig" }) else {
      throw .unsigned
    }
    guard let path = CallbackPath(path), runs.accepts(signature.value, for: path) else {
      throw .badSignature
    }
  }

  func asking<Value: Sendable>(
    _ what: String,
    _ body: () async throws(RuntimeFailure) -> Value
  ) async throws(CallbackRefusal) -> Value {
    do throws(RuntimeFailure) { return try await body() } catch {
      environment.log.write(.error, "callback.failed", [("what", what), ("why", "\(error)")])
      throw .unavailable
    }
  }
}
