import Definitions
import OrderedJSON

extension RunEvent {
  /// The event with everything secret in it masked, for eyes and machines elsewhere.
  package func masked(_ plan: Plan) -> RunEvent {
    switch self {
    case .runStarted(let event): return .runStarted(Self.masked(event, plan))
    case .carriedOver(var event):
      event.results = event.results.mapValues(\.masked)
      return .carriedOver(event)
    case .actionStarted(var event):
      event.inputs = event.isSecret ? RunView.mask : event.inputs.map(CredentialMembers.masked)
      return .actionStarted(event)
    case .attemptEnded(var event):
      event.pollLocation = event.pollLocation.map { _ in Self.maskedText }
      return .attemptEnded(event)
    case .subscribed(var event):
      event.location = event.location.map { _ in Self.maskedText }
      return .subscribed(event)
    case .unsubscribing(var event):
      event.location = event.location.map { _ in Self.maskedText }
      event.inputs = event.isSecret ? RunView.mask : event.inputs.map(CredentialMembers.masked)
      return .unsubscribing(event)
    case .actionEnded(let event): return .actionEnded(event.masked)
    case .runEnded(var event):
      if event.isSecret { event.outputs = event.outputs.map { _ in RunView.mask } }
      return .runEnded(event)
    case .departed, .iterationTested, .unsubscribed, .actionCarried, .cancelRequested: return self
    }
  }

  private static func masked(_ event: RunStarted, _ plan: Plan) -> RunStarted {
    RunStarted(
      time: event.time,
      run: event.run,
      flow: event.flow,
      trigger: event.isSecret ? masked(event.trigger) : event.trigger,
      triggerName: event.triggerName,
      triggerType: event.triggerType,
      parameters: masked(event.parameters, plan, all: event.isSecret),
      clientTrackingID: event.clientTrackingID,
      isSecret: event.isSecret,
      callerWaitsUntil: event.callerWaitsUntil,
      connections: event.connections,
      user: event.user
    )
  }

  private static func masked(_ trigger: JSON) -> JSON {
    var record = trigger.objectValue ?? JSONObject()
    for member in ["inputs", "outputs"] where record[member] != nil {
      record[member] = RunView.mask
    }
    return .object(record)
  }

  private static let maskedText = "*sanitized*"

  private static func masked(_ parameters: JSONObject, _ plan: Plan, all: Bool) -> JSONObject {
    var masked = parameters
    for parameter in plan.parameters where all || parameter.isSecure {
      guard masked[parameter.name] != nil else { continue }
      masked[parameter.name] = RunView.mask
    }
    return masked
  }
}

extension RunEvent.ActionEnded {
  fileprivate var masked: RunEvent.ActionEnded {
    var event = self
    event.inputs =
      secrecy.inputs ? inputs.map { _ in RunView.mask } : inputs.map(CredentialMembers.masked)
    event.outputs = secrecy.masked(outputs)
    if variable?.isSecret == true { event.variable?.value = RunView.mask }
    return event
  }
}

extension ActionInstance {
  fileprivate var masked: ActionInstance {
    var instance = self
    instance.inputs =
      secrecy.inputs ? inputs.map { _ in RunView.mask } : inputs.map(CredentialMembers.masked)
    instance.outputs = secrecy.masked(outputs)
    return instance
  }
}

extension Secrecy {
  fileprivate func masked(_ value: JSON?) -> JSON? {
    guard let value else { return nil }
    return outputs ? RunView.mask : RunView.masked(value, at: outputPointers)
  }
}
