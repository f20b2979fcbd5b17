/// Names a trigger of a flow, without regard to case.
struct TriggerName: Hashable, Sendable {
  let flow: String
  let trigger: String

  init(flow: String, trigger: String) {
    self.flow = flow
    self.trigger = trigger
  }

  static func == (left: Self, right: Self) -> Bool {
    left.flow.lowercased() == right.flow.lowercased()
      && left.trigger.lowercased() == right.trigger.lowercased()
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(flow.lowercased())
    hasher.combine(trigger.lowercased())
  }
}
