import Definitions
import OrderedJSON
import Timekeeping

/// Subscriptions of webhook actions.
///
/// Source: workflow language reference, section d.4 (HttpWebhook).
extension RunState {
  mutating func applySubscribed(_ event: RunEvent.Subscribed) {
    guard action(at: event.address) != nil, var instance = instances[event.address],
      !instance.status.isTerminal
    else { return }
    instance.status = .waiting
    instance.due = nil
    instance.attempts.append(event.attempt)
    instance.subscriptionLocation = event.location
    instances[event.address] = instance
    dropEffects(of: event.address, keeping: .deadline)
    let key = Effect.Key(event.address, .callback)
    outstanding.append(Effect(key: key, kind: .awaitCallback, due: nil))
    if !subscriptions.contains(event.address) { subscriptions.append(event.address) }
  }

  mutating func applyUnsubscribing(_ event: RunEvent.Unsubscribing) {
    subscriptions.removeAll { $0 == event.address }
    let key = Effect.Key(event.address, .unsubscription)
    let kind = Effect.Kind.unsubscribe(inputs: event.inputs, location: event.location)
    guard !outstanding.contains(where: { $0.key == key }) else { return }
    outstanding.append(Effect(key: key, kind: kind, due: nil))
  }

  mutating func applyUnsubscribed(_ event: RunEvent.Unsubscribed) {
    subscriptions.removeAll { $0 == event.address }
    let key = Effect.Key(event.address, .unsubscription)
    outstanding.removeAll { $0.key == key }
  }
}
