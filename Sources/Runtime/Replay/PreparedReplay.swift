import Engine
package import OrderedJSON
package import Seams

/// A replay that is decided and not begun: what it keeps, and what it does again.
package struct PreparedReplay: Sendable {
  /// The run that is repeated.
  package let parent: RunRecord
  package let order: ResubmissionOrder
  /// What is sent again, or for the first time, in the order of the flow.
  package let calls: [RepeatedCall]
  /// The results that are taken over, such as `Create_user`.
  package let kept: [String]
  /// Actions that the flow no longer has.
  package let removed: [String]
  let flow: PreparedFlow
  let trigger: TriggerEvent
  let replay: Replay

  /// Whether something outside may happen a second time.
  package var repeatsSideEffects: Bool { calls.contains(where: \.repeatsSideEffect) }

  /// Source: command line contract, section "Shapes" (`run resubmit --dry-run`).
  package var json: JSON {
    [
      "run": .string(parent.id.text), "flow": .string(parent.flow),
      "status": .string(parent.status.rawValue), "mode": .string(order.mode.name),
      "definition": .string(order.definition.rawValue),
      "sends": .array(calls.map(\.json)), "keeps": .array(kept.map { .string($0) }),
      "removed": .array(removed.map { .string($0) }),
      "repeatsSideEffects": .bool(repeatsSideEffects),
    ]
  }
}

extension ResubmissionOrder.Mode {
  /// As records of runs name it.
  package var name: String {
    switch self {
    case .whole: "resubmit"
    case .fromFailed: "from-failed"
    case .fromActions: "from-action"
    }
  }

  /// The actions that it begins with, as one text.
  var actionNames: String? {
    if case .fromActions(let names) = self { names.joined(separator: ",") } else { nil }
  }
}
