import Connectors
import Definitions
import Engine
import HTTPMessages
import OrderedJSON
import Seams
import Timekeeping

/// Triggers for which a service calls back.
///
/// Source: workflow language reference, section e.5; connector format reference, section (g).
extension TriggerRound {
  /// How often a subscription that is in force is looked at.
  static let subscriptionCheck = Duration.seconds(3600)

  /// What a subscription needs besides the round.
  struct Subscribing: Sendable {
    /// Evaluated; what the callback address goes into.
    var inputs: JSON
    var subscription: Subscription
    var callbackURL: String
    /// The operation that subscribes; `nil` for a plain HttpWebhook.
    var webhook: WebhookTrigger?
  }

  /// What came of an attempt to subscribe.
  enum Subscribed: Sendable {
    /// The subscription is in force, and is looked at again at a time.
    case accepted(Subscription, due: Timestamp)
    /// The row still says that the service may know of it.
    case failed(ActionFailure)
  }

  /// Subscribes; the intent is durable before the request leaves.
  func subscribe(_ order: Subscribing) async throws(RuntimeFailure) -> Subscribed {
    let soon = environment.clock.now() + .seconds(60)
    try await save(advanced(order.subscription.json, due: soon))
    var request = request(order.inputs)
    request.callbackURL = order.callbackURL
    switch await performer.perform(request).outcome {
    case .response(let response) where (200...299).contains(response.statusCode):
      var active = order.subscription
      active.isActive = true
      active.undoing = undoing(of: order, after: response)
      let due = environment.clock.now() + Self.subscriptionCheck
      try await save(advanced(active.json, due: due))
      return .accepted(active, due: due)
    case .response(let response):
      let failure = ActionFailure(
        code: HTTPStatus.name(response.statusCode),
        message: "The service refused the subscription with status \(response.statusCode)."
      )
      return .failed(failure)
    case .failure(let code, let message, _):
      return .failed(ActionFailure(code: code, message: message))
    case .refusal(let code, let failure):
      return .failed(ActionFailure(code: code, message: failure.message))
    }
  }

  /// There is no subscription; another attempt follows, soon at first.
  func unsubscribed(_ failure: ActionFailure) async throws(RuntimeFailure) -> Timestamp {
    var state = PollState(keptState)
    state.failures += 1
    let delay = trigger.retryPolicy.delay(beforeRetry: state.failures, fraction: 1)
    let due = environment.clock.now() + (delay ?? .seconds(300))
    try await record(
      .failed,
      code: failure.code,
      failure,
      advancing: advanced(state.json, due: due)
    )
    return due
  }

  // MARK: Undoing

  private func undoing(of order: Subscribing, after response: AttemptResult.Response)
    -> Subscription.Undoing?
  {
    guard let webhook = order.webhook else {
      return plainUndoing(callbackURL: order.callbackURL, outputs: response.outputs)
    }
    var undoing = Subscription.Undoing(
      flow: flow.name,
      trigger: trigger.name,
      type: trigger.type,
      inputs: order.inputs
    )
    let headers = response.outputs["headers"]?.objectValue
    if let location = headers?.value(ignoringCaseOf: "Location")?.stringValue {
      undoing.location = location
      return undoing
    }
    let body = response.outputs["body"]
    guard let operation = webhook.unsubscribe, let variable = operation.path.variables.last,
      let id = body?.objectValue?.value(ignoringCaseOf: "id"), !id.isNull
    else { return nil }
    undoing.inputs = deletion(operation.id, variable, id, order.inputs)
    return undoing
  }

  /// The inputs of the operation that ends a subscription, from those that began it.
  private func deletion(_ operation: String, _ variable: String, _ id: JSON, _ inputs: JSON) -> JSON
  {
    var host = inputs["host"]?.objectValue ?? JSONObject()
    host["operationId"] = .string(operation)
    var parameters = inputs["parameters"]?.objectValue ?? JSONObject()
    for key in Array(parameters.keys) where key == "body" || key.hasPrefix("body/") {
      parameters[key] = nil
    }
    parameters[variable] = id
    return ["host": .object(host), "parameters": .object(parameters)]
  }

  /// The `unsubscribe` of an HttpWebhook, which may use what subscribing was answered.
  func plainUndoing(callbackURL: String, outputs: JSON?) -> Subscription.Undoing? {
    let facts = facts(callbackURL: callbackURL)
    guard let inputs = try? rules.input("unsubscribe", outputs: outputs, facts),
      inputs["uri"] != nil
    else { return nil }
    return Subscription.Undoing(
      flow: flow.name,
      trigger: trigger.name,
      type: trigger.type,
      inputs: inputs
    )
  }
}
