import Connectors
package import Definitions
import Diagnostics
import Engine
import OrderedJSON
package import Seams
import Synchronization
package import Timekeeping

/// Looks after triggers that poll, subscribe or gather batches.
///
/// Source: workflow language reference, sections e.4 to e.6.
package final class ActiveTriggers: TriggerPoller, SubscriptionRegister {
  let environment: Environment
  let parts: Parts
  /// Subscriptions that were undone, or are being undone.
  let left = Mutex<Set<String>>([])
  private let active = Mutex<[TriggerName: Subscription]>([:])

  /// What it needs to work.
  package struct Parts: Sendable {
    package var flows: CompiledFlows
    package var intake: any TriggerIntake
    package var performer: any ActionPerformer
    package var connections: Connections
    package var batches: Batches
    package var addresses: CallbackAddresses
    /// How the server is reached, without a slash at the end; `nil` when services cannot call back.
    package var base: String?

    package init(
      flows: CompiledFlows,
      intake: any TriggerIntake,
      performer: any ActionPerformer,
      connections: Connections,
      batches: Batches,
      addresses: CallbackAddresses,
      base: String?
    ) {
      self.flows = flows
      self.intake = intake
      self.performer = performer
      self.connections = connections
      self.batches = batches
      self.addresses = addresses
      self.base = base
    }
  }

  package init(environment: Environment, _ parts: Parts) {
    self.environment = environment
    self.parts = parts
  }

  package func looksAfter(_ trigger: FlowTrigger) -> Bool {
    Self.types.contains(trigger.type.lowercased())
  }

  private static let types: Set<String> = [
    "http", "httpwebhook", "apiconnection", "apiconnectionwebhook", "apiconnectionnotification",
    "openapiconnection", "openapiconnectionwebhook", "openapiconnectionnotification", "batch",
  ]

  package func poll(
    _ trigger: FlowTrigger,
    of flow: ServedFlow,
    _ stored: StoredTrigger
  ) async -> Timestamp? {
    do throws(RuntimeFailure) {
      return try await act(trigger, flow, stored)
    } catch {
      environment.log.write(
        .error,
        "trigger.delayed",
        [("flow", flow.name), ("trigger", trigger.name), ("why", "\(error)")]
      )
      return environment.clock.now() + .seconds(10)
    }
  }

  private func act(_ trigger: FlowTrigger, _ flow: ServedFlow, _ stored: StoredTrigger)
    async throws(RuntimeFailure) -> Timestamp?
  {
    let round: TriggerRound
    do throws(ActionFailure) {
      round = try await self.round(trigger, flow, stored)
    } catch {
      return try await fail(error, flow, trigger, stored)
    }
    if trigger.type.lowercased() == "batch" { return try await parts.batches.look(round) }
    let work: Work
    do throws(ActionFailure) { work = try await self.work(of: round) } catch {
      let due = round.next()
      let advanced = try round.advanced(round.keptState, due: due)
      try await round.record(.failed, code: error.code, error, advancing: advanced)
      return due
    }
    switch work {
    case .poll(let inputs, let model): return try await round.poll(inputs, model)
    case .subscribe(let webhook): return try await subscribe(round, webhook)
    }
  }

  // MARK: Kinds

  private enum Work: Sendable {
    case poll(JSON, PollModel)
    case subscribe(WebhookTrigger?)
  }

  private func round(_ trigger: FlowTrigger, _ flow: ServedFlow, _ stored: StoredTrigger)
    async throws(ActionFailure) -> TriggerRound
  {
    let compiled: CompiledFlow
    do throws(Diagnostic) { compiled = try await parts.flows.flow(flow) } catch {
      throw ActionFailure(unusable: flow.name, error)
    }
    return TriggerRound(
      environment: environment,
      intake: parts.intake,
      performer: parts.performer,
      flow: flow,
      compiled: compiled,
      rules: try compiled.rules(of: trigger.name),
      row: stored
    )
  }

  /// What a trigger has to do: a plain one as its type says, another as its operation says.
  private func work(of round: TriggerRound) async throws(ActionFailure) -> Work {
    switch round.trigger.type.lowercased() {
    case "http": return .poll(try round.rules.inputs(round.facts()), .native(.single))
    case "httpwebhook": return .subscribe(nil)
    default: break
    }
    // An address that is only looked at is as good as any.
    let facts = round.facts(callbackURL: parts.base ?? "")
    let inputs = try round.rules.inputs(facts)
    do throws(Diagnostic) {
      switch try await model(inputs, round.trigger.name) {
      case .webhook(let webhook): return .subscribe(webhook)
      case .pollingTemplate(let template): return .poll(inputs, .template(template))
      case .pollingNative(let shape): return .poll(inputs, .native(shape))
      }
    } catch {
      throw ActionFailure(code: "BadRequest", message: error.message)
    }
  }

  private func model(_ inputs: JSON, _ trigger: String) async throws(Diagnostic) -> TriggerModel {
    guard let host = HostReference(inputs: inputs) else {
      throw Diagnostic(
        .unknownConnection,
        "the trigger '\(trigger)' names no connection",
        hint: "write \"host\": {\"connectionName\": …, \"operationId\": …}"
      )
    }
    let connector = try await parts.connections.unsigned(host.connection).connector
    let operation: ConnectorOperation?
    if let id = host.operation {
      operation = connector.operation(id)
    } else {
      operation = try OperationMatcher.match(PathCall(inputs: inputs), in: connector).operation
    }
    return operation.flatMap { TriggerModel(operation: $0, of: connector) }
      ?? .pollingNative(.single)
  }

  private func fail(
    _ failure: ActionFailure,
    _ flow: ServedFlow,
    _ trigger: FlowTrigger,
    _ stored: StoredTrigger
  ) async throws(RuntimeFailure) -> Timestamp {
    environment.log.write(
      .error,
      "trigger.failed",
      [("flow", flow.name), ("trigger", trigger.name), ("why", failure.message)]
    )
    var row = stored
    row.due = environment.clock.now() + .seconds(60)
    do throws(StoreFailure) { try await environment.store.saveTriggers([row]) } catch {
      throw .store(error)
    }
    return row.due ?? environment.clock.now()
  }

  // MARK: Subscriptions

  private func subscribe(_ round: TriggerRound, _ webhook: WebhookTrigger?)
    async throws(RuntimeFailure) -> Timestamp
  {
    let name = TriggerName(flow: round.flow.name, trigger: round.trigger.name)
    if let held = Subscription(round.keptState), !left.withLock({ $0.contains(held.id) }) {
      if held.isActive {
        active.withLock { $0[name] = held }
        let due = environment.clock.now() + TriggerRound.subscriptionCheck
        try await round.save(round.advanced(held.json, due: due))
        return due
      }
      // Nobody knows whether the service heard of it: it is undone, and another one takes its place.
      try await abandon(held)
    }
    guard let base = parts.base else { return try await round.unreachable() }
    var subscription = Subscription(id: environment.entropy.uuid())
    subscription.reading = webhook?.shape == .batch ? .items : .whole
    let callbackURL = try await parts.addresses.address(
      of: round.trigger.name,
      flow: round.flow.name,
      subscription: subscription.id,
      base: base
    )
    if webhook == nil {
      subscription.undoing = round.plainUndoing(callbackURL: callbackURL, outputs: nil)
    }
    let facts = round.facts(callbackURL: callbackURL)
    let inputs: JSON
    do throws(ActionFailure) {
      inputs =
        webhook == nil
        ? try round.rules.input("subscribe", facts) ?? .null : try round.rules.inputs(facts)
    } catch {
      let due = round.next()
      let advanced = try round.advanced(nil, due: due)
      try await round.record(.failed, code: error.code, error, advancing: advanced)
      return due
    }
    // The service may call back before it answers.
    active.withLock { $0[name] = subscription }
    let order = TriggerRound.Subscribing(
      inputs: inputs,
      subscription: subscription,
      callbackURL: callbackURL,
      webhook: webhook
    )
    switch try await round.subscribe(order) {
    case .accepted(let accepted, let due):
      active.withLock { $0[name] = accepted }
      return due
    case .failed(let failure):
      // A service that did not answer may know of it all the same: nobody forgets it before it is
      // written that it is to be undone.
      try await abandon(subscription)
      active.withLock { $0[name] = nil }
      return try await round.unsubscribed(failure)
    }
  }

  package func reading(of subscription: String, of trigger: String, flow: String) async
    -> ReportReading?
  {
    guard !left.withLock({ $0.contains(subscription) }) else { return nil }
    let name = TriggerName(flow: flow, trigger: trigger)
    if let known = active.withLock({ $0[name] }) {
      return known.id == subscription ? known.reading : nil
    }
    guard let row = try? await environment.store.trigger(trigger, of: flow), !row.isPaused,
      let held = Subscription(TriggerSeal(environment.vault).state(of: row)),
      held.id == subscription
    else { return nil }
    active.withLock { $0[name] = held }
    return held.reading
  }

  package func leave(_ trigger: String, of flow: String, _ stored: StoredTrigger)
    async throws(RuntimeFailure) -> Bool
  {
    let name = TriggerName(flow: flow, trigger: trigger)
    let subscription = Subscription(TriggerSeal(environment.vault).state(of: stored))
    if let subscription { try await abandon(subscription) }
    active.withLock { $0[name] = nil }
    return subscription == nil
  }
}

extension TriggerRound {
  /// What the trigger kept from its last round.
  var keptState: JSON? { TriggerSeal(environment.vault).state(of: row) }

  /// Records that services cannot report to this server.
  func unreachable() async throws(RuntimeFailure) -> Timestamp {
    let due = environment.clock.now() + .seconds(3600)
    let failure = ActionFailure(
      code: "NoPublicAddress",
      message: "The server has no address at which the service could call back."
    )
    try await record(.failed, code: failure.code, failure, advancing: advanced(nil, due: due))
    return due
  }
}
