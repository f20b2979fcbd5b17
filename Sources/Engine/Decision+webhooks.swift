import Definitions
import Expressions
import HTTPMessages
import OrderedJSON
import Timekeeping

/// Webhook actions: subscribe, wait to be called back, undo the subscription.
///
/// Source: workflow language reference, sections d.4 (HttpWebhook) and d.5.
extension Decision {
  mutating func subscribe(
    _ webhook: Webhook,
    _ action: PlannedAction,
    _ address: ActionAddress
  ) throws(ActionFailure) {
    let run = state.started?.run ?? ""
    let evaluated = try evaluate(
      webhook.subscription,
      action,
      address,
      callbackURL: surroundings.callbackURL(run, address)
    )
    emitStart(address) { event in
      event.inputs = evaluated.value
      event.isSecret = evaluated.isSecret
    }
  }

  mutating func subscribed(
    _ address: ActionAddress,
    _ result: AttemptResult,
    _ response: AttemptResult.Response
  ) {
    let headers = response.outputs["headers"]?.objectValue
    emit(
      .subscribed(
        RunEvent.Subscribed(
          time: now,
          address: address,
          attempt: Attempt(result, statusCode: response.statusCode, error: nil),
          location: headers?.value(ignoringCaseOf: "Location")?.stringValue
        )
      )
    )
  }

  /// The callback may come before the answer to the subscription.
  mutating func calledBack(_ address: ActionAddress, _ outputs: JSON) {
    guard let instance = state.instances[address], !instance.status.isTerminal,
      case .webhook = state.plan.actions[address.action].step
    else { return }
    let repeatsSecret = holdsSecretText(outputs)
    emitEnd(address, .succeeded, code: "OK") { event in
      event.outputs = outputs
      event.secrecy.outputs = event.secrecy.outputs || repeatsSecret
    }
  }

  // MARK: Undoing

  /// Undoes the subscriptions of actions that ended, or all of them when the run ends.
  mutating func endSubscriptions(evenIfOpen: Bool = false) {
    guard !state.subscriptions.isEmpty else { return }
    for address in state.subscriptions {
      guard let instance = state.instances[address], evenIfOpen || instance.status.isTerminal
      else { continue }
      endSubscription(address, instance)
    }
  }

  private mutating func endSubscription(_ address: ActionAddress, _ instance: ActionInstance) {
    let action = state.plan.actions[address.action]
    guard case .webhook(let webhook) = action.step else { return }
    var event = RunEvent.Unsubscribing(time: now, address: address, isSecret: false)
    switch webhook.undoing {
    case .location: event.location = instance.subscriptionLocation
    case .request(let request) where instance.status != .succeeded:
      guard let evaluated = self.request(request, action, address, instance) else { break }
      event.inputs = evaluated.value
      event.isSecret = evaluated.isSecret
    case .request, .none: break
    }
    guard event.inputs != nil || event.location != nil else {
      emit(.unsubscribed(RunEvent.Unsubscribed(time: now, address: address, attempt: nil)))
      return
    }
    emit(.unsubscribing(event))
  }

  /// The request to unsubscribe; `nil` when its expressions fail, which must not hold anything up.
  private func request(
    _ planned: PlannedValue,
    _ action: PlannedAction,
    _ address: ActionAddress,
    _ instance: ActionInstance
  ) -> Evaluated? {
    var scope = scope(for: address)
    scope.currentAction = record(of: instance, action)
    guard let value = try? planned.template.evaluate(in: scope) else { return nil }
    let isSecret = action.secureInputs || isTainted(planned, value, at: address)
    return Evaluated(value: value, isSecret: isSecret)
  }

  mutating func unsubscribed(_ address: ActionAddress, _ result: AttemptResult) {
    guard isOutstanding(Effect.Key(address, .unsubscription)) else { return }
    var statusCode: Int?
    if case .response(let response) = result.outcome { statusCode = response.statusCode }
    let attempt = Attempt(result, statusCode: statusCode, error: nil)
    emit(.unsubscribed(RunEvent.Unsubscribed(time: now, address: address, attempt: attempt)))
  }
}
