import Seams

extension MemoryState {
  /// See `MemoryDatabase.visit`.
  func visit(_ body: (_ place: @escaping () -> String, _ bytes: [UInt8]) -> Void) {
    func data(_ place: @autoclosure @escaping () -> String, _ bytes: [UInt8]) {
      body(place, bytes)
    }
    func text(_ place: @autoclosure @escaping () -> String, _ text: String?) {
      if let text { body(place, Array(text.utf8)) }
    }
    for (id, run) in runs {
      text("the error of run \(id)", run.record.error)
      text("the code of run \(id)", run.record.code)
      for entry in run.entries { data("the journal of run \(id), \(entry.kind)", entry.data) }
    }
    for plan in plans.values { data("the plan of \(plan.flow)", plan.document) }
    for fire in fires.values.map(\.fire) {
      text("the event of \(fire.flow)", fire.identity)
      text("the event \(fire.identity) of \(fire.flow)", fire.error)
      data("the event \(fire.identity) of \(fire.flow)", fire.payload ?? [])
    }
    for trigger in triggers.values { data("the trigger of \(trigger.flow)", trigger.sealed ?? []) }
    for bulk in bulks { data("the bulk \(bulk.stored.name)", bulk.stored.sealedOrder) }
    for message in messages { data("a message for \(message.flow)", message.sealed) }
    for connection in connections.values { data("a connection", connection.sealed) }
    for token in tokens.values { data("a token", token.stored?.sealed ?? []) }
    for (flow, keys) in callbackKeys { data("the callback keys of \(flow)", keys) }
    for entry in audit { text("the audit", "\(entry)") }
  }
}
