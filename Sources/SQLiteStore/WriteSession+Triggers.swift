import Seams
import Timekeeping

extension WriteSession {
  // MARK: Flows

  /// See `TriggerStore.saveFlows`.
  func save(_ flows: [StoredFlow], plans: [StoredPlan]) throws(SQLiteError)
    -> Result<Void, StoreFailure>
  {
    let given = Dictionary(plans.map { ($0.hash, $0) }) { first, _ in first }
    for flow in flows where given[flow.planHash] == nil {
      if try planKey(flow.planHash, storing: nil) == nil {
        return .failure(.planMissing(of: flow))
      }
    }
    for flow in flows {
      guard let plan = try planKey(flow.planHash, storing: given[flow.planHash]) else { continue }
      try triggers.saveFlow.run(
        .text(flow.name),
        .integer(plan),
        .flag(flow.isEnabled),
        .time(flow.changed)
      )
    }
    return .success(())
  }

  /// See `TriggerStore.deleteFlow`.
  func deleteFlow(_ name: String) throws(SQLiteError) -> Bool {
    try triggers.deleteFlow.run(.text(name))
    return connection.changeCount > 0
  }

  // MARK: Triggers

  /// See `TriggerStore.saveTriggers`.
  func save(_ stored: [StoredTrigger]) throws(SQLiteError) {
    let save = try triggers
    for trigger in stored {
      try save.saveTrigger.run(
        .text(trigger.flow),
        .text(trigger.trigger),
        .text(trigger.fingerprint),
        .time(trigger.enabled),
        .flag(trigger.isPaused),
        .time(trigger.due),
        .time(trigger.last),
        .blob(trigger.sealed)
      )
    }
  }

  /// Moves a trigger on, if it is still the one that fired.
  func advance(_ trigger: StoredTrigger) throws(SQLiteError) {
    try triggers.advanceTrigger.run(
      .time(trigger.due),
      .time(trigger.last),
      .blob(trigger.sealed),
      .text(trigger.flow),
      .text(trigger.trigger),
      .text(trigger.fingerprint)
    )
  }

  /// See `TriggerStore.deleteTriggers`.
  func deleteTriggers(of flow: String, except kept: [String]) throws(SQLiteError) {
    let found = try triggers.listTriggers.all([.text(flow)]) { $0.text(0) }
    for name in found where !kept.contains(name) {
      try triggers.deleteTrigger.run(.text(flow), .text(name))
    }
  }

  // MARK: Batches

  /// See `TriggerStore.addMessages`.
  func add(_ messages: [BatchMessage]) throws(SQLiteError) {
    for message in messages {
      if let sending = message.sending {
        guard try record(sending, advancing: nil, releasing: []) else { continue }
      }
      try triggers.addMessage.run(
        .text(message.flow),
        .text(message.trigger),
        .text(message.batch),
        .text(message.partition),
        .text(message.id),
        .time(message.arrived),
        .blob(message.sealed)
      )
    }
  }

  /// See `TriggerStore.deleteMessages`.
  func deleteMessages(_ keys: [Int64]) throws(SQLiteError) {
    for key in keys { try triggers.deleteMessage.run(.integer(key)) }
  }
}
