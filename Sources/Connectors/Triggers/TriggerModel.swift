package import Definitions

/// How a trigger operation of a connector is run.
///
/// Source: connector format reference, section (g).
package enum TriggerModel: Sendable {
  /// The service calls back.
  case webhook(WebhookTrigger)
  /// A policy says how to ask again and again.
  case pollingTemplate(PollingTemplate)
  /// The service itself says where and when to ask again.
  case pollingNative(TriggerShape)

  /// `nil` for an operation that is no trigger.
  package init?(operation: ConnectorOperation, of connector: Connector) {
    guard let shape = operation.trigger else { return nil }
    if let webhook = WebhookTrigger(operation: operation, of: connector) {
      self = .webhook(webhook)
      return
    }
    let policy = connector.policies.first { policy in
      policy.template == "pollingtrigger" && policy.applies(to: operation.id)
    }
    if let policy {
      self = .pollingTemplate(PollingTemplate(policy: policy, shape: shape))
    } else {
      self = .pollingNative(shape)
    }
  }
}
