import Engine
import OrderedJSON

/// Requests of triggers, sent by whoever sends those of actions.
enum TriggerRequest {
  static func request(
    flow: String,
    trigger: String,
    type: String,
    inputs: JSON,
    isSecret: Bool = false
  ) -> ActionRequest {
    let action = PlannedAction(trigger: trigger, type: type, isSecret: isSecret)
    let name = "trigger/\(flow)/\(trigger)"
    var request = ActionRequest(
      run: RunID(name),
      flow: flow,
      address: ActionAddress(action: 0),
      action: action,
      idempotencyKey: name,
      attempt: 1,
      inputs: inputs
    )
    request.isSecret = isSecret
    return request
  }
}
