import Seams

extension MemoryState {
  /// See `TriggerStore.saveFlows`.
  mutating func save(_ stored: [StoredFlow], plans given: [StoredPlan]) throws(StoreFailure) {
    var known = plans
    for plan in given where known[plan.hash] == nil { known[plan.hash] = plan }
    for flow in stored where known[flow.planHash] == nil { throw .planMissing(of: flow) }
    for flow in stored {
      if let plan = known[flow.planHash] { keep(plan) }
      flows[flow.name] = flow
    }
  }

  /// See `TriggerStore.saveTriggers`.
  mutating func save(_ stored: [StoredTrigger]) {
    for trigger in stored { triggers[TriggerKey(trigger)] = trigger }
  }

  /// Moves a trigger on, if it is still the one that fired.
  mutating func advance(_ trigger: StoredTrigger) {
    let key = TriggerKey(trigger)
    guard triggers[key]?.fingerprint == trigger.fingerprint else { return }
    triggers[key]?.due = trigger.due
    triggers[key]?.last = trigger.last
    triggers[key]?.sealed = trigger.sealed
  }

  /// See `TriggerStore.triggers`.
  func listTriggers() -> [StoredTrigger] {
    triggers.values.sorted { ($0.flow, $0.trigger) < ($1.flow, $1.trigger) }
  }

  /// See `TriggerStore.deleteTriggers`.
  mutating func deleteTriggers(of flow: String, except kept: [String]) {
    triggers = triggers.filter { key, _ in key.flow != flow || kept.contains(key.trigger) }
  }

  // MARK: Batches

  /// See `TriggerStore.addMessages`.
  mutating func add(_ arrived: [BatchMessage]) {
    for message in arrived {
      if let sending = message.sending {
        guard record(sending, advancing: nil, releasing: []) else { continue }
      }
      guard !messages.contains(where: { $0.isSame(as: message) }) else { continue }
      messageCount += 1
      var message = message
      message.key = messageCount
      message.sender = nil
      messages.append(message)
    }
  }

  /// See `TriggerStore.messages`.
  func messages(of trigger: String, of flow: String, limit: Int) -> [BatchMessage] {
    var counts: [[String]: Int] = [:]
    return messages.filter { message in
      guard message.flow == flow, message.trigger == trigger else { return false }
      counts[[message.batch, message.partition], default: 0] += 1
      return counts[[message.batch, message.partition], default: 0] <= limit
    }
  }

  /// See `TriggerStore.deleteMessages`.
  mutating func deleteMessages(_ keys: [Int64]) {
    let keys = Set(keepsMessages ? Array(keys.dropFirst()) : keys)
    messages.removeAll { keys.contains($0.key) }
  }
}

extension MemoryState.TriggerKey {
  init(_ trigger: StoredTrigger) { self.init(flow: trigger.flow, trigger: trigger.trigger) }
}

extension BatchMessage {
  fileprivate func isSame(as other: BatchMessage) -> Bool {
    (flow, trigger, batch, partition, id)
      == (other.flow, other.trigger, other.batch, other.partition, other.id)
  }
}
