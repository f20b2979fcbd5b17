import Seams

extension MemoryState {
  /// See `MemoryDatabase.visit`.
  func visit(_ body: (_ place: String, _ bytes: [UInt8]) -> Void) {
    func text(_ place: String, _ text: String?) { if let text { body(place, Array(text.utf8)) } }
    for (id, run) in runs {
      text("the error of run \(id)", run.record.error)
      text("the code of run \(id)", run.record.code)
      for entry in run.entries { body("the journal of run \(id), \(entry.kind)", entry.data) }
    }
    for plan in plans.values { body("the plan of \(plan.flow)", plan.document) }
    for fire in fires.values.map(\.fire) {
      let place = "the event \(fire.identity) of \(fire.flow)"
      text(place, fire.identity)
      text(place, fire.error)
      body(place, fire.payload ?? [])
    }
    for trigger in triggers.values { body("the trigger of \(trigger.flow)", trigger.sealed ?? []) }
    for message in messages { body("a message for \(message.flow)", message.sealed) }
    for connection in connections.values { body("a connection", connection.sealed) }
    for token in tokens.values { body("a token", token.stored?.sealed ?? []) }
    for (flow, keys) in callbackKeys { body("the callback keys of \(flow)", keys) }
    for entry in audit { text("the audit", "\(entry)") }
  }
}
