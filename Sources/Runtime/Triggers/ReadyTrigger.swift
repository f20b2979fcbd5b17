import Definitions

/// A trigger of a served flow, decoded.
struct ReadyTrigger: Sendable {
  let flow: String
  let planHash: String
  let trigger: FlowTrigger
  /// `nil` when it is no timer.
  let timer: TimerTrigger?

  /// `nil` when the flow has no trigger of this name.
  init?(_ name: String, of flow: ServedFlow) {
    guard let trigger = flow.trigger(named: name) else { return nil }
    self.flow = flow.name
    planHash = flow.planHash
    self.trigger = trigger
    timer = TimerDecoder.decode(trigger).timer
  }

  /// Whether it is this trigger of this version of the flow.
  func isOf(_ name: String, _ flow: ServedFlow) -> Bool {
    self.flow == flow.name && planHash == flow.planHash && trigger.name == name
  }
}
