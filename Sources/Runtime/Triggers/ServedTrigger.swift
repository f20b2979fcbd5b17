package import Definitions
import OrderedJSON

/// A trigger of a served flow as text, which takes a fraction of the memory of the decoded one.
package struct ServedTrigger: Sendable {
  package let name: String
  /// As the language spells it, such as `Request` or `Recurrence`.
  package let type: String
  /// The trigger as written, as JSON.
  package let text: [UInt8]

  package init(_ trigger: FlowTrigger) {
    name = trigger.name
    type = trigger.type
    text = JSON.object(trigger.definition).bytes
  }

  /// The trigger, decoded anew; places in it start at its definition.
  package var decoded: FlowTrigger? { FlowTrigger(name: name, checked: text) }
}
