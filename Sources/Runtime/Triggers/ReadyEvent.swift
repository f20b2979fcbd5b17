import OrderedJSON
import Definitions
import Engine
import Seams

/// An event that was let in, with all that its runs need.
struct ReadyEvent: Sendable {
  var event: AcceptedEvent
  /// Its entry in the history, from which those of its items are made.
  var fire: TriggerFire
  var flow: CompiledFlow
  var rules: TriggerRules

  /// The entry of an item.
  func fire(of item: Int) -> TriggerFire {
    var fire = fire
    fire.identity = event.identity(of: item, in: fire.identity)
    fire.payload = nil
    if event.items[item].isSkipped {
      fire.status = .skipped
      fire.code = "ConditionNotMet"
    } else {
      fire.status = .succeeded
    }
    return fire
  }

  /// What the run of an item starts with.
  func trigger(of item: Int) -> TriggerEvent {
    let trigger = rules.trigger
    var started = TriggerEvent(
      name: trigger.name,
      type: trigger.type,
      inputs: event.inputs,
      outputs: event.outputs(of: item),
      clientTrackingID: event.items[item].clientTrackingID,
      isSecret: trigger.secureOutputs || (trigger.secureInputs && event.inputs != nil),
      scheduledTime: trigger.definition["recurrence"] == nil ? nil : fire.intended
    )
    started.user = event.user
    return started
  }
}
